/** Whether a process of this machine lives. */
export const isAlive = (pid: number): boolean => {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
