#!/bin/bash
# The product's start script, as far as containers use it: arguments like -Dprofile=gateway-worker go to the server.
set -euo pipefail
CARBON_HOME="$(cd "$(dirname "$0")/.." && pwd)"
export CARBON_HOME
cd "$CARBON_HOME"
exec node /usr/local/lib/apim-lab/server.cjs "$@"
