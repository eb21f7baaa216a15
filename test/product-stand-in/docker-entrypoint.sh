#!/bin/sh
# The steps of the published entrypoints (configuration.md 12): homes, empty shares, profile, volumes over the home, server.
set -e
deployment="$WSO2_SERVER_HOME/repository/deployment/server"
[ -d "$WORKING_DIRECTORY" ] || { echo 'WSO2 Docker non-root user home does not exist'; exit 1; }
[ -d "$WSO2_SERVER_HOME" ] || { echo 'WSO2 Docker product home does not exist'; exit 1; }
for directory in executionplans synapse-configs; do
  [ -n "$(ls -A "$deployment/$directory")" ] ||
    cp -R "$WORKING_DIRECTORY/wso2-tmp/$directory/." "$deployment/$directory"
done
# Images of 3.0.0 and the first of 3.1.0 do not know the variable.
case "$WSO2_SERVER_HOME" in
  *-3.2.0) ;;
  *) PROFILE_NAME= ;;
esac
[ -z "$PROFILE_NAME" ] || sh "$WSO2_SERVER_HOME/bin/profileSetup.sh" "-Dprofile=$PROFILE_NAME"
for volume in wso2-config-volume wso2-artifact-volume; do
  [ ! -d "$WORKING_DIRECTORY/$volume" ] || [ -z "$(ls -A "$WORKING_DIRECTORY/$volume")" ] ||
    cp -RL "$WORKING_DIRECTORY/$volume"/* "$WSO2_SERVER_HOME"/
done
[ -z "$PROFILE_NAME" ] || set -- "-Dprofile=$PROFILE_NAME" "$@"
sh "$WSO2_SERVER_HOME/bin/wso2server.sh" "$@"
