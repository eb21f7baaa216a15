# shellcheck shell=bash
# Sourced by the scripts beside it: how a step is run and reported. Progress goes to stderr, for results go to stdout.

# "The machine lacks something" in the table of exit codes (lab/errors/codes.ts).
readonly EXIT_MACHINE=4

readonly LOGS="${XDG_CACHE_HOME:-$HOME/.cache}/apim-lab/logs"

say() { printf '%s\n' "$*" >&2; }

# Ends with exit code 4: first line what is missing, then what to do about it.
lacks() {
  say "$1"
  shift
  say "  $*"
  exit "$EXIT_MACHINE"
}

# step NAME COMMAND...: runs the command with its output in a log; one line when done, the log's last lines when it fails.
step() {
  local name="$1" log status=0 started=$SECONDS
  shift
  mkdir -p "$LOGS"
  log="$LOGS/${name//[^a-zA-Z0-9.-]/-}.log"
  # A subshell of its own, not tested by "if": errexit must stay in force inside.
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  if [ "$status" -ne 0 ]; then
    say "$name: failed; the log is $log, its last lines:"
    tail -n 15 "$log" >&2
    exit "$EXIT_MACHINE"
  fi
  say "$name: $((SECONDS - started)) s"
}
