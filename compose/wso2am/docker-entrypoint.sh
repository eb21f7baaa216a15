#!/bin/bash
# Prepares the product home and starts the server, step by step as the product image does (configuration.md 12), but for
# the first: as root, it mounts the shared directories over NFS and becomes the product's user.
set -euo pipefail

readonly config_volume="$WORKING_DIRECTORY/wso2-config-volume"
readonly artifact_volume="$WORKING_DIRECTORY/wso2-artifact-volume"
readonly defaults="$WORKING_DIRECTORY/wso2-tmp"
readonly deployment="$WSO2_SERVER_HOME/repository/deployment/server"

main() {
  require_homes
  if [ "$(id -u)" -eq 0 ]; then
    mount_shares
    become_product_user "$@"
  fi
  [ -z "${NFS_MOUNTS:-}" ] || is_mounted || fail 'NFS_MOUNTS is set: run the container as root, it becomes wso2carbon itself'
  fill_when_empty executionplans
  fill_when_empty synapse-configs
  copy_over_home "$config_volume"
  copy_over_home "$artifact_volume"
  # profileSetup.sh of 3.2.0 ends in the same argument; images before it take the argument itself.
  if [ "$WSO2_SERVER_VERSION" = 3.2.0 ] && [ -n "${PROFILE_NAME:-}" ]; then
    set -- "-Dprofile=$PROFILE_NAME" "$@"
  fi
  exec "$WSO2_SERVER_HOME/bin/wso2server.sh" "$@"
}

fail() {
  echo "$1" >&2
  exit 1
}

require_homes() {
  [ -d "$WORKING_DIRECTORY" ] || fail "WSO2 Docker non-root user home does not exist"
  [ -d "$WSO2_SERVER_HOME" ] || fail "WSO2 Docker product home does not exist"
}

# NFS_MOUNTS: ADDRESS:/EXPORTED/DIRECTORY=/MOUNT/POINT, several separated by blanks.
mount_shares() {
  local mount
  for mount in ${NFS_MOUNTS:-}; do
    [ -c /dev/fuse ] || fail 'NFS_MOUNTS is set, but the container has no /dev/fuse: start it with --device /dev/fuse --cap-add SYS_ADMIN'
    nfs-fuse "${mount%%=*}" "${mount#*=}" || fail "cannot mount ${mount%%=*} at ${mount#*=}"
  done
}

is_mounted() { grep -q ' fuse\.nfs ' /proc/mounts; }

become_product_user() {
  export HOME="$WORKING_DIRECTORY" USER=wso2carbon
  exec setpriv --reuid=802 --regid=802 --clear-groups --bounding-set=-all --no-new-privs "$0" "$@"
}

# A fresh volume or share hides what the image has in its place. Members of a share may do this at the same time, and
# cp then fails at a directory that another one made while it was looking; each attempt gets past one such directory.
fill_when_empty() {
  local directory="$deployment/$1"
  # What is mounted may be all of the deployment directory.
  mkdir -p "$directory"
  [ -z "$(ls -A "$directory")" ] || return 0
  local attempt
  for attempt in {1..20}; do
    cp -R "$defaults/$1/." "$directory" 2>/dev/null && return
  done
  cp -R "$defaults/$1/." "$directory"
}

copy_over_home() {
  local volume="$1"
  [ ! -d "$volume" ] || [ -z "$(ls "$volume")" ] || cp -RL "$volume"/* "$WSO2_SERVER_HOME"
}

main "$@"
