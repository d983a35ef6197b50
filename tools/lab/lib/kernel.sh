# Stock Debian kernels, fetched with this machine's own apt configuration and kept in the cache.
# A cached kernel is a directory: vmlinuz, vmlinux (unpacked), config, lib/modules, version, series.
# shellcheck shell=bash disable=SC2154

need_tools() {
	local missing=() tool
	for tool in qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio xz:xz-utils depmod:kmod \
		setpriv:util-linux dpkg-deb:dpkg apt-get:apt; do
		command -v "${tool%%:*}" >/dev/null || missing+=("${tool#*:}")
	done
	[ ${#missing[@]} = 0 ] || die 125 "missing here: ${missing[*]} (tools/setup test installs them)"
}

# fetch_kernel NAME: returns at once when cached and not --refresh.
fetch_kernel() {
	[ $refresh = 1 ] || [ ! -e "$cache/kernel/$1/version" ] || return 0
	local fetching
	exec {fetching}>"$cache/fetch.lock"
	flock "$fetching"
	[ $refresh = 1 ] || [ ! -e "$cache/kernel/$1/version" ] || return 0

	local apt=() package series version dir
	apt_options "$1"
	run_apt update "$1"
	package=$(newest_package "$1")
	[ -n "$package" ] || die 125 "the mirror has no package for kernel $1 ($(suites "$1"))"
	version=${package#linux-image-}
	series=$(grep -oE '^[0-9]+\.[0-9]+' <<<"$version")
	dir=$cache/kernel/$series
	if [ "$(cat "$dir/version" 2>/dev/null)" != "$version" ]; then
		log "fetching $package"
		unpack_kernel "$package" "$dir.new"
		echo "$series" >"$dir.new/series"
		echo "$version" >"$dir.new/version"
		rm -rf "$dir" && mv "$dir.new" "$dir"
	fi
	[ "$1" = "$series" ] || ln -sfn "$series" "$cache/kernel/$1"
	exec {fetching}>&-
}

suites() {
	case $1 in
	5.10) echo bullseye bullseye-security ;;
	6.1) echo bookworm bookworm-security ;;
	6.12) echo trixie trixie-security ;;
	newest | [7-9].*) echo trixie-backports ;;
	*) die 2 "no kernel named $1: 5.10, 6.1, 6.12, newest or a series of trixie-backports" ;;
	esac
}

# Fills apt[]: lists and packages of our own, next to the system's and without touching them.
apt_options() {
	local state=$cache/apt main security suite signed='' keys=/usr/share/keyrings/debian-archive-keyring.gpg
	suites "$1" >/dev/null
	mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
	main=${WEIR_DEBIAN_MIRROR:-$(repository Debian)}
	[ -n "$main" ] || die 125 "apt here knows no Debian repository (or has no lists: apt-get update);" \
		"name one in WEIR_DEBIAN_MIRROR"
	security=$(repository Debian-Security)
	[ -n "$security" ] || security=${main%/}-security/
	[ ! -e $keys ] || signed="[signed-by=$keys]"
	for suite in $(suites "$1"); do
		case $suite in
		*-security) echo "deb $signed $security $suite main" ;;
		*) echo "deb $signed $main $suite main" ;;
		esac
	done >"$state/sources-$1.list"
	apt=(-qq -o Dir::Etc::sourcelist="$state/sources-$1.list" -o Dir::Etc::sourceparts=/dev/null
		-o Dir::Etc::preferencesparts=/dev/null -o Dir::State::lists="$state/lists"
		-o Dir::Cache="$state/cache" -o APT::Get::List-Cleanup=0 -o APT::Sandbox::User=root
		-o Acquire::Languages=none -o Acquire::Retries=3)
}

# repository LABEL: where this machine's apt gets that part of Debian from.
repository() {
	apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
		awk -F'|' -v label="$1" '$1 == "Debian" && $2 == label { print $3; exit }'
}

run_apt() { # run_apt update|download WHAT...
	local what=$1 out
	shift
	[ "$what" = download ] && set -- download "$@" || set -- update
	out=$(apt-get "${apt[@]}" "$@" 2>&1) || {
		echo "$out" >&2
		die 125 "apt-get $* failed (above)"
	}
}

newest_package() {
	local series='[0-9]+\.[0-9]+'
	[ "$1" = newest ] || series=${1//./\\.}
	apt-cache "${apt[@]}" search --names-only "^linux-image-$series\.[0-9.]+(-[0-9]+|\+deb[0-9.]+)-amd64\$" |
		cut -d' ' -f1 | sort -V | tail -n 1
}

# unpack_kernel PACKAGE DIR: the image, its modules (no sound, no graphics …) and config, ready to boot.
unpack_kernel() {
	local package=$1 dir=$2 packages deb release part drop=() version=${1#linux-image-}
	rm -rf "$dir" && mkdir -p "$dir/deb"
	packages=("$package")
	# 7.x splits the image; linux-base holds modules.builtin and the config
	if apt-cache "${apt[@]}" show --no-all-versions "$package" | grep -q '^Depends:.*linux-binary-'; then
		packages=("linux-binary-$version" "linux-modules-$version" "linux-base-$version")
	fi
	(cd "$dir/deb" && run_apt download "${packages[@]}")
	for part in drivers/{gpu,media,infiniband,net/ethernet,net/wireless,scsi,staging,usb,iio} sound usr/share; do
		drop+=(--exclude="*/$part")
	done
	for deb in "$dir"/deb/*.deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$dir" "${drop[@]}"
	done
	[ ! -d "$dir/usr/lib/modules" ] || { mkdir -p "$dir/lib" && mv "$dir/usr/lib/modules" "$dir/lib/"; }
	release=$(ls "$dir/lib/modules")
	for part in vmlinuz config; do
		mv "$dir/boot/$part-$release" "$dir/$part" 2>/dev/null || mv "$dir/lib/modules/$release/$part" "$dir/$part"
	done
	rm -rf "$dir/deb" "$dir/boot" "$dir/usr"
	# compressed modules would be unpacked by the emulated processor at every modprobe
	find "$dir/lib/modules" -name '*.ko.xz' -print0 | xargs -0 -r -n 64 -P "$(nproc)" xz -d
	depmod -b "$dir" "$release" 2>/dev/null
	unpack_vmlinux "$dir/vmlinuz" "$dir/vmlinux" || log "booting $release compressed, which takes 3 s longer"
}

# The kernel tree's scripts/extract-vmlinux in short: try each compression's magic.
unpack_vmlinux() {
	local magic unpack at
	while read -r magic unpack; do
		for at in $(LC_ALL=C grep -obUaP "$magic" "$1" | cut -d: -f1); do
			tail -c "+$((at + 1))" "$1" | $unpack >"$2" 2>/dev/null || true
			[ "$(head -c 4 "$2" | od -An -tx1)" = " 7f 45 4c 46" ] && return 0
		done
	done <<-'MAGIC'
		\xfd7zXZ\x00 unxz -q
		\x28\xb5\x2f\xfd zstd -dqc
		\x02\x21\x4c\x18 lz4 -dqc
		\x1f\x8b\x08 gzip -dqc
	MAGIC
	rm -f "$2"
	return 1
}
