/*
 * nfs-fuse ADDRESS:/EXPORTED/DIRECTORY MOUNTPOINT
 *
 * Mounts an NFS export where the kernel has no NFS client: file system calls come in through FUSE and go out through
 * libnfs, one at a time. Nothing is cached on the way, so that a node sees at once what another one wrote.
 *
 * Version 3 of the protocol, because it is stateless: after a restart of the server calls go on by themselves, as with a
 * "hard" mount of the kernel's client. Until then they block.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <nfsc/libnfs.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/* Ports of the lab's NFS server (compose/nfs/ganesha.conf); named, for libnfs would ask the port mapper. */
#define SETTINGS "version=3&nfsport=2049&mountport=20048&auto-traverse-mounts=0&dircache=0"
#define MOUNT_SECONDS 30

static struct nfs_context *nfs;

/* The server gives new files to the caller, and judges by the caller what is allowed. */
static struct nfs_context *as_caller(void)
{
    static uid_t uid = (uid_t)-1;
    static gid_t gid = (gid_t)-1;
    const struct fuse_context *caller = fuse_get_context();
    if (caller->uid != uid || caller->gid != gid) {
        uid = caller->uid;
        gid = caller->gid;
        nfs_set_uid(nfs, (int)uid);
        nfs_set_gid(nfs, (int)gid);
    }
    return nfs;
}

static struct nfsfh *handle_of(const struct fuse_file_info *file)
{
    return (struct nfsfh *)(uintptr_t)file->fh;
}

/* ---- attributes ---- */

static int lab_getattr(const char *path, struct stat *st, struct fuse_file_info *file)
{
    struct nfs_stat_64 from;
    int status = file ? nfs_fstat64(as_caller(), handle_of(file), &from) : nfs_lstat64(as_caller(), path, &from);
    if (status < 0)
        return status;
    *st = (struct stat){
        .st_dev = from.nfs_dev,
        .st_ino = from.nfs_ino,
        .st_mode = (mode_t)from.nfs_mode,
        .st_nlink = from.nfs_nlink,
        .st_uid = (uid_t)from.nfs_uid,
        .st_gid = (gid_t)from.nfs_gid,
        .st_rdev = from.nfs_rdev,
        .st_size = (off_t)from.nfs_size,
        .st_blksize = (blksize_t)from.nfs_blksize,
        .st_blocks = (blkcnt_t)from.nfs_blocks,
        .st_atim = {(time_t)from.nfs_atime, (long)from.nfs_atime_nsec},
        .st_mtim = {(time_t)from.nfs_mtime, (long)from.nfs_mtime_nsec},
        .st_ctim = {(time_t)from.nfs_ctime, (long)from.nfs_ctime_nsec},
    };
    return 0;
}

static int lab_access(const char *path, int mode) { return nfs_access(as_caller(), path, mode); }

static int lab_chmod(const char *path, mode_t mode, struct fuse_file_info *file)
{
    return file ? nfs_fchmod(as_caller(), handle_of(file), (int)mode) : nfs_chmod(as_caller(), path, (int)mode);
}

static int lab_chown(const char *path, uid_t uid, gid_t gid, struct fuse_file_info *file)
{
    /* -1 stands for "as it is", which libnfs does not know. */
    struct stat st;
    int status = lab_getattr(path, &st, file);
    if (status < 0)
        return status;
    int owner = (int)(uid == (uid_t)-1 ? st.st_uid : uid);
    int group = (int)(gid == (gid_t)-1 ? st.st_gid : gid);
    return file ? nfs_fchown(as_caller(), handle_of(file), owner, group) : nfs_lchown(as_caller(), path, owner, group);
}

static int lab_truncate(const char *path, off_t size, struct fuse_file_info *file)
{
    return file ? nfs_ftruncate(as_caller(), handle_of(file), (uint64_t)size)
                : nfs_truncate(as_caller(), path, (uint64_t)size);
}

static int lab_utimens(const char *path, const struct timespec wanted[2], struct fuse_file_info *file)
{
    struct stat now_there;
    int status = lab_getattr(path, &now_there, file);
    if (status < 0)
        return status;
    const struct timespec kept[2] = {now_there.st_atim, now_there.st_mtim};
    struct timeval times[2];
    for (int i = 0; i < 2; i++) {
        struct timespec time = wanted[i];
        if (time.tv_nsec == UTIME_NOW)
            clock_gettime(CLOCK_REALTIME, &time);
        else if (time.tv_nsec == UTIME_OMIT)
            time = kept[i];
        times[i] = (struct timeval){time.tv_sec, time.tv_nsec / 1000};
    }
    return nfs_lutimes(as_caller(), path, times);
}

static int lab_statfs(const char *path, struct statvfs *st)
{
    struct nfs_statvfs_64 from;
    int status = nfs_statvfs64(as_caller(), path, &from);
    if (status < 0)
        return status;
    *st = (struct statvfs){
        .f_bsize = from.f_bsize,
        .f_frsize = from.f_frsize,
        .f_blocks = from.f_blocks,
        .f_bfree = from.f_bfree,
        .f_bavail = from.f_bavail,
        .f_files = from.f_files,
        .f_ffree = from.f_ffree,
        .f_favail = from.f_favail,
        .f_namemax = from.f_namemax,
    };
    return 0;
}

/* ---- names ---- */

static int lab_readdir(const char *path, void *entries, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *file,
                       enum fuse_readdir_flags flags)
{
    (void)offset, (void)file, (void)flags;
    struct nfsdir *directory;
    int status = nfs_opendir(as_caller(), path, &directory);
    if (status < 0)
        return status;
    for (struct nfsdirent *entry; (entry = nfs_readdir(nfs, directory)) != NULL;) {
        struct stat st = {.st_ino = entry->inode, .st_mode = entry->mode};
        if (fill(entries, entry->name, &st, 0, 0) != 0) {
            status = -ENOMEM;
            break;
        }
    }
    nfs_closedir(nfs, directory);
    return status;
}

static int lab_mkdir(const char *path, mode_t mode) { return nfs_mkdir2(as_caller(), path, (int)mode); }
static int lab_rmdir(const char *path) { return nfs_rmdir(as_caller(), path); }
static int lab_unlink(const char *path) { return nfs_unlink(as_caller(), path); }
static int lab_link(const char *from, const char *to) { return nfs_link(as_caller(), from, to); }
static int lab_symlink(const char *target, const char *path) { return nfs_symlink(as_caller(), target, path); }

static int lab_readlink(const char *path, char *target, size_t size)
{
    int status = nfs_readlink(as_caller(), path, target, (int)size);
    return status < 0 ? status : 0;
}

static int lab_rename(const char *from, const char *to, unsigned int flags)
{
    /* The protocol has neither "do not replace" nor "exchange". */
    return flags != 0 ? -EINVAL : nfs_rename(as_caller(), from, to);
}

/* ---- contents ---- */

static int lab_create(const char *path, mode_t mode, struct fuse_file_info *file)
{
    struct nfsfh *handle;
    int status = nfs_create(as_caller(), path, file->flags & (O_ACCMODE | O_EXCL | O_SYNC), (int)(mode & 07777), &handle);
    if (status == 0)
        file->fh = (uintptr_t)handle;
    return status;
}

static int lab_open(const char *path, struct fuse_file_info *file)
{
    struct nfsfh *handle;
    int status = nfs_open(as_caller(), path, file->flags & (O_ACCMODE | O_SYNC), &handle);
    if (status == 0)
        file->fh = (uintptr_t)handle;
    return status;
}

static int lab_read(const char *path, char *data, size_t size, off_t offset, struct fuse_file_info *file)
{
    (void)path;
    return nfs_pread(as_caller(), handle_of(file), (uint64_t)offset, size, data);
}

static int lab_write(const char *path, const char *data, size_t size, off_t offset, struct fuse_file_info *file)
{
    (void)path;
    uint64_t at = (uint64_t)offset;
    if (file->flags & O_APPEND) {
        /* The kernel knows the size as it was when this node last looked. */
        struct nfs_stat_64 st;
        int status = nfs_fstat64(as_caller(), handle_of(file), &st);
        if (status < 0)
            return status;
        at = st.nfs_size;
    }
    return nfs_pwrite(as_caller(), handle_of(file), at, size, data);
}

static int lab_fsync(const char *path, int data_only, struct fuse_file_info *file)
{
    (void)path, (void)data_only;
    return nfs_fsync(as_caller(), handle_of(file));
}

static int lab_release(const char *path, struct fuse_file_info *file)
{
    (void)path;
    return nfs_close(as_caller(), handle_of(file));
}

/* ---- mounting ---- */

static void *lab_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
    (void)connection;
    config->use_ino = 1;
    config->direct_io = 1;
    config->entry_timeout = 0;
    config->attr_timeout = 0;
    config->negative_timeout = 0;
    return NULL;
}

static const struct fuse_operations OPERATIONS = {
    .init = lab_init,         .getattr = lab_getattr, .access = lab_access,   .chmod = lab_chmod,
    .chown = lab_chown,       .truncate = lab_truncate, .utimens = lab_utimens, .statfs = lab_statfs,
    .readdir = lab_readdir,   .mkdir = lab_mkdir,     .rmdir = lab_rmdir,     .unlink = lab_unlink,
    .link = lab_link,         .symlink = lab_symlink, .readlink = lab_readlink, .rename = lab_rename,
    .create = lab_create,     .open = lab_open,       .read = lab_read,       .write = lab_write,
    .fsync = lab_fsync,       .release = lab_release,
};

/* One attempt that does not wait for a server that is not there. Returns 0, or -1 with the reason in `why`. */
static int mount_export(const char *url, char *why, size_t size)
{
    nfs = nfs_init_context();
    if (nfs == NULL) {
        snprintf(why, size, "out of memory");
        return -1;
    }
    /* Attempts to connect, the first and those after a loss, last 3 s each instead of 2 minutes. */
    nfs_set_tcp_syncnt(nfs, 1);
    nfs_set_timeout(nfs, 2000);
    nfs_umask(nfs, 0); /* FUSE hands over modes with the caller's umask already applied. */
    struct nfs_url *parsed = nfs_parse_url_dir(nfs, url);
    if (parsed != NULL && nfs_mount(nfs, parsed->server, parsed->path) == 0) {
        nfs_destroy_url(parsed);
        nfs_set_timeout(nfs, 0); /* From now on, wait for ever; libnfs connects again by itself. */
        return 0;
    }
    snprintf(why, size, "%s", nfs_get_error(nfs));
    nfs_destroy_url(parsed);
    nfs_destroy_context(nfs);
    return -1;
}

int main(int argc, char *argv[])
{
    char *colon = argc == 3 ? strstr(argv[1], ":/") : NULL;
    if (colon == NULL) {
        fprintf(stderr, "usage: %s ADDRESS:/EXPORTED/DIRECTORY MOUNTPOINT\n", argv[0]);
        return 2;
    }
    char url[1024], options[1024], why[512];
    snprintf(url, sizeof url, "nfs://%.*s%s?" SETTINGS, (int)(colon - argv[1]), argv[1], colon + 1);
    snprintf(options, sizeof options, "allow_other,subtype=nfs,fsname=%s", argv[1]);

    time_t deadline = time(NULL) + MOUNT_SECONDS;
    while (mount_export(url, why, sizeof why) != 0) {
        if (time(NULL) >= deadline) {
            fprintf(stderr, "%s: no mount within %d s: %s\n", argv[1], MOUNT_SECONDS, why);
            return 1;
        }
        usleep(200 * 1000);
    }
    /* "-s": one call at a time, for a libnfs context serves one. Returns to the shell once the mount stands. */
    char *arguments[] = {argv[0], "-s", "-o", options, argv[2], NULL};
    return fuse_main(5, arguments, &OPERATIONS, NULL);
}
