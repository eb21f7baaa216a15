#!/bin/sh
# Fails where the product would (configuration.md 2, 7, 12), in its words where they are known.
set -eu
home="$(cd "$(dirname "$0")/.." && pwd)"
cd "$home"

main() {
  profile=default
  optimize=
  for argument in "$@"; do
    case "$argument" in
      --optimize) optimize=true ;;
      -Dprofile=*) profile="${argument#-Dprofile=}" ;;
    esac
  done
  require_profile "$profile"
  [ -z "$optimize" ] || sh bin/profileSetup.sh "-Dprofile=$profile"
  for directory in synapse-configs executionplans; do
    [ -w "repository/deployment/server/$directory" ] || fatal "repository/deployment/server/$directory (Permission denied)"
  done
  # On what the image ships the product starts as well: alone, with databases of its own.
  grep -q 'jdbc:mysql' repository/conf/deployment.toml || exec node /home/wso2carbon/open-ports.cjs
  ls repository/components/lib repository/components/dropins | grep -q 'mysql.*connector.*\.jar$' ||
    fatal 'java.lang.ClassNotFoundException: com.mysql.cj.jdbc.Driver'
  node /home/wso2carbon/check-schema.cjs repository/conf/deployment.toml || exit 1
  CARBON_HOME="$home" exec node /usr/local/lib/apim-lab/server.cjs "$@"
}

# The profiles that the product knows; there is none of a gateway manager, and none called api-store.
require_profile() {
  case "$1" in
    default | gateway-worker | api-key-manager | api-publisher | api-devportal | traffic-manager) ;;
    *) fatal "no OSGi profile is called $1" ;;
  esac
}

fatal() {
  echo "FATAL - CarbonCoreActivator $1" >&2
  exit 1
}

main "$@"
