#!/bin/sh
# Makes a stand-in for the image node:24-slim out of Debian's packages and the Node.js and npm of this
# machine, for machines that reach no registry of images: base-image.sh NAME NODE
set -eu
name=$1
node=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cache=${XDG_CACHE_HOME:-$HOME/.cache}/latchkey/debian-slim.tar
if [ ! -e "$cache" ]; then
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 || {
    cat "$root.log" >&2
    exit 1
  }
  rm -rf "$root.log" "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  mkdir -p "$(dirname "$cache")"
  tar -C "$root" -cf "$cache.part" --exclude './dev/*' .
  mv "$cache.part" "$cache"
  rm -rf "$root" && mkdir "$root"
fi
tar -C "$root" -xf "$cache"
npm=$(dirname "$(readlink -f "$(command -v npm)")")/..
mkdir -p "$root/usr/local/lib/node_modules"
cp -r "$npm" "$root/usr/local/lib/node_modules/npm"
cp "$node" "$root/usr/local/bin/node"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
chroot "$root" useradd --create-home --uid 1000 node
# The registry may be reached by way of a proxy that this machine trusts.
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
container=$(buildah from scratch)
buildah add --quiet "$container" "$root" / >/dev/null
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
buildah commit --quiet --rm "$container" "$name" >/dev/null
