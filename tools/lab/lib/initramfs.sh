# The first file system of a guest: a static busybox, the modules that reach the host's files, guest/init.
# shellcheck shell=bash disable=SC2154

# make_initramfs IMAGE: sets initramfs to a file in the cache, built once per kernel and version of guest/init.
make_initramfs() {
	local image=$1 release tree tool module file name n=100
	initramfs=$image/initramfs-$(cat "$here/guest/init" "$here/lib/initramfs.sh" | sha256sum | cut -c1-12).cpio
	[ ! -e "$initramfs" ] || return 0
	release=$(ls "$image/lib/modules")
	tree=$(mktemp -d)
	mkdir -p "$tree"/{bin,modules,proc,sys,dev,host,scratch,system}
	cp "$(command -v busybox)" "$tree/bin/busybox"
	for tool in sh mount mkdir cp ln insmod switch_root; do
		ln -s busybox "$tree/bin/$tool"
	done
	for module in virtio_pci virtio_console 9pnet_virtio 9p overlay; do
		while read -r file; do
			name=${file##*/}
			compgen -G "$tree/modules/*-$name" >/dev/null || cp "$file" "$tree/modules/$((n++))-$name"
		done < <(modprobe -d "$image" -S "$release" --show-depends "$module" 2>/dev/null | awk '$1 == "insmod" { print $2 }')
	done
	install -m 755 "$here/guest/init" "$tree/init"
	(cd "$tree" && find . | cpio -o -H newc --quiet) >"$initramfs.$$"
	mv "$initramfs.$$" "$initramfs"
	rm -rf "$tree"
}
