#!/bin/bash
# Makes the shared directories below the export and serves them.
set -euo pipefail

# The product's user and group in every image (configuration.md 12).
readonly OWNER=802:802

# shellcheck disable=SC2086 # names without blanks, one word each
for directory in ${SHARED_DIRECTORIES:-}; do
  mkdir -p "/export/$directory"
  chown "$OWNER" "/export/$directory"
done

# nfs-ganesha registers version 3 with the port mapper and ends when there is none.
mkdir -p /run/ganesha /run/rpcbind /var/lib/nfs/ganesha
rpcbind -w

exec ganesha.nfsd -F -L STDERR -f /etc/ganesha/ganesha.conf -p /run/ganesha/ganesha.pid
