#!/bin/sh
# The steps of the published entrypoint (configuration.md 12): homes, empty shares, volumes over the home, server.
set -e
deployment="$WSO2_SERVER_HOME/repository/deployment/server"
[ -d "$WORKING_DIRECTORY" ] || { echo 'WSO2 Docker non-root user home does not exist'; exit 1; }
[ -d "$WSO2_SERVER_HOME" ] || { echo 'WSO2 Docker product home does not exist'; exit 1; }
for directory in executionplans synapse-configs; do
  [ -n "$(ls -A "$deployment/$directory")" ] ||
    cp -R "$WORKING_DIRECTORY/wso2-tmp/$directory/." "$deployment/$directory"
done
for volume in wso2-config-volume wso2-artifact-volume; do
  [ -z "$(ls -A "$WORKING_DIRECTORY/$volume")" ] || cp -RL "$WORKING_DIRECTORY/$volume"/* "$WSO2_SERVER_HOME"/
done
exec "$WSO2_SERVER_HOME/bin/wso2server.sh" "$@"
