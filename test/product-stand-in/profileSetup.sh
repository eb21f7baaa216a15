#!/bin/sh
# Of what the product's script does, what hurts: the template of the profile, localhost and H2 in it, replaces the node's
# deployment.toml (configuration.md 2.2).
set -eu
configuration="$(cd "$(dirname "$0")/.." && pwd)/repository/conf/deployment.toml"
cp "$configuration" "$configuration.backup"
cp /home/wso2carbon/shipped.toml "$configuration"
echo "Starting to optimize API Manager for the profile of $1"
