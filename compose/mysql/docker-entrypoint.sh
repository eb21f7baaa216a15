#!/bin/bash
# Starts mysqld with the topology's databases and users. What has to be there before anyone connects goes through
# init_file: the server accepts connections only after it.
set -euo pipefail
schema=/usr/share/apim-lab/schema
mounted=/etc/apim-lab/init.sql
init=/run/mysqld/init.sql

# A database without a table has no .ibd file.
is_empty() { ! compgen -G "/var/lib/mysql/$1/*.ibd" >/dev/null; }

fill_if_empty() {
  local database="$1" tables="$2"
  if is_empty "$database"; then
    echo "USE \`$database\`;"
    cat "$tables"
  fi
}

{
  [ ! -f "$mounted" ] || cat "$mounted"
  # The default names are baked into the image, others get their tables here.
  fill_if_empty "${APIM_DB:-apim_db}" "$schema/apim_db.sql"
  fill_if_empty "${SHARED_DB:-shared_db}" "$schema/shared_db.sql"
} >"$init"

exec mysqld --init-file="$init" "$@"
