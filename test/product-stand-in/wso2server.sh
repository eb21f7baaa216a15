#!/bin/bash
# Fails where the product would (configuration.md 2, 7, 12), in its words where they are known.
set -euo pipefail
home="$(cd "$(dirname "$0")/.." && pwd)"
cd "$home"

main() {
  for argument in "$@"; do
    case "$argument" in
      --optimize) fatal '--optimize replaced repository/conf/deployment.toml by the template of the profile' ;;
      -Dprofile=*) require_profile "${argument#-Dprofile=}" ;;
    esac
  done
  ! cmp -s repository/conf/deployment.toml /home/wso2carbon/shipped.toml ||
    fatal 'repository/conf/deployment.toml is the one of the image: nothing was mounted where the entrypoint looks'
  for directory in synapse-configs executionplans; do
    [ -w "repository/deployment/server/$directory" ] || fatal "repository/deployment/server/$directory (Permission denied)"
  done
  compgen -G 'repository/components/lib/mysql*connector*.jar' >/dev/null ||
    compgen -G 'repository/components/dropins/mysql*connector*.jar' >/dev/null ||
    fatal 'java.lang.ClassNotFoundException: com.mysql.cj.jdbc.Driver'
  node /home/wso2carbon/check-schema.cjs repository/conf/deployment.toml || exit 1
  exec env CARBON_HOME="$home" node /usr/local/lib/apim-lab/server.cjs "$@"
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
