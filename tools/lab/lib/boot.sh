# One guest: QEMU with the host's files over 9p and a virtio port for each of standard output and error.
# shellcheck shell=bash disable=SC2154

boot_limit=${WEIR_LAB_BOOT_LIMIT:-90} boot_tries=3
qemu='' helpers=()

# Waits until fewer than WEIR_LAB_GUESTS guests run on this machine.
take_a_slot() {
	local slots=${WEIR_LAB_GUESTS:-2} waited=0 n
	while :; do
		for ((n = 0; n < slots; n++)); do
			exec {slot}>"$cache/slot-$n"
			flock -n "$slot" && return 0
			exec {slot}>&-
		done
		[ $waited -gt 0 ] || log "waiting for one of $slots guests on this machine to end"
		waited=1
		sleep 1
	done
}

choose_accel() {
	local known
	[ -w /dev/kvm ] || { echo tcg && return; }
	known=$cache/accel-$(cat /proc/sys/kernel/random/boot_id)
	if [ ! -e "$known" ]; then
		if probe_kvm; then echo kvm; else echo tcg; fi >"$known.$$"
		rm -f "$cache"/accel-*-*-*-*-????????????
		mv "$known.$$" "$known"
	fi
	cat "$known"
}

probe_kvm() (
	share=''
	prepare "$scratch/probe" true
	boot kvm "$scratch/probe" 20 >/dev/null 2>&1 || true
	[ "$(cat "$scratch/probe/control/status" 2>/dev/null)" = 0 ]
)

# prepare DIR COMMAND...: what the guest reads.
prepare() {
	local dir=$1 variable
	shift
	mkdir -p "$dir/control"
	cp "$here/guest/stage2" "$dir/control/stage2"
	printf '%s=%q\n' kernel "$(cat "$image/series")" image "$(realpath "$image")" share "$share" modules "$modules" \
		home "$HOME" >"$dir/control/settings"
	for variable in ${environment[@]+"${environment[@]}"}; do
		printf 'export %q\n' "$variable"
	done >"$dir/control/environment"
	printf 'cd %q\n' "$PWD" >>"$dir/control/environment"
	{ printf 'exec' && printf ' %q' "$@" && echo; } >"$dir/control/command"
	: >"$dir/console"
	mkfifo "$dir/out" "$dir/err"
}

# boot ACCEL DIR LIMIT: returns QEMU's or timeout's status; what COMMAND returned is in DIR/control/status.
boot() {
	local accel=$1 dir=$2 limit=$3 cpu=max code=0 bootable=$image/vmlinux args
	[ -s "$bootable" ] || bootable=$image/vmlinuz
	case $accel in
	kvm) cpu=host,migratable=no ;;
	tcg) accel=tcg,thread=single,tb-size=512 ;; # one thread for all CPUs: no races in emulated text patching
	esac
	args=(-M q35,usb=off,sata=off,smbus=off,hpet=off -accel "$accel" -cpu "$cpu" -smp "$cpus" -m "$mem"
		-nodefaults -no-user-config -display none -net none -no-reboot
		-kernel "$bootable" -initrd "$initramfs"
		-append "console=ttyS0 quiet loglevel=4 panic=-1 reboot=t no_timer_check random.trust_cpu=on audit=0 cryptomgr.notests net.ifnames=0$append"
		-chardev "file,id=con,path=$dir/console" -serial chardev:con
		-device virtio-serial-pci -device virtio-rng-pci
		-chardev "file,id=out,path=$dir/out" -device virtserialport,chardev=out,name=weir.out
		-chardev "file,id=err,path=$dir/err" -device virtserialport,chardev=err,name=weir.err
		-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap
		-device virtio-9p-pci,fsdev=host,mount_tag=weir_host
		-fsdev "local,id=control,path=$dir/control,security_model=none"
		-device virtio-9p-pci,fsdev=control,mount_tag=weir_control)
	[ -z "$share" ] || args+=(-fsdev "local,id=share,path=$share,security_model=none,multidevs=remap"
		-device virtio-9p-pci,fsdev=share,mount_tag=weir_share)

	cat "$dir/out" & helpers=($!)
	cat "$dir/err" >&2 & helpers+=($!)
	# whatever becomes of this shell, its guest does not outlive it
	setpriv --pdeathsig TERM timeout -k 5 "$limit" \
		setpriv --pdeathsig KILL qemu-system-x86_64 "${args[@]}" </dev/null 2>"$dir/qemu.log" &
	qemu=$!
	watch_start "$dir" "$qemu" >/dev/null 2>&1 & helpers+=($!)
	wait "$qemu" || code=$?
	qemu=''
	# a QEMU that never opened its ports leaves readers waiting for a writer
	: 1<>"$dir/out" 1<>"$dir/err"
	kill "${helpers[2]}" 2>/dev/null || true
	wait "${helpers[@]}" 2>/dev/null || true
	helpers=()
	return "$code"
}

# Ends a boot that has not come to the command in time; run_guest tries again.
watch_start() {
	local half_seconds=$((boot_limit * 2))
	while ((half_seconds-- > 0)); do
		[ ! -e "$1/control/started" ] && kill -0 "$2" || return 0
		sleep 0.5
	done
	kill "$2"
}

end_guest() {
	[ -z "$qemu" ] || kill "$qemu" 2>/dev/null || true
	[ ${#helpers[@]} = 0 ] || kill "${helpers[@]}" 2>/dev/null || true
	wait
}

run_guest() {
	local try code dir
	for ((try = 1; try <= boot_tries; try++)); do
		dir=$scratch/boot-$try code=0
		prepare "$dir" "$@"
		boot "$accel" "$dir" "$limit" || code=$?
		[ ! -e "$dir/control/started" ] && [ $code != 124 ] && [ $try -lt $boot_tries ] || break
		log "kernel $kernel did not come up (try $try of $boot_tries)"
	done
	[ -z "$console" ] || cp "$dir/console" "$console"
	if grep -qE 'BUG:|Oops|Kernel panic' "$dir/console"; then
		log "the guest's kernel complained:"
		grep -E -A 12 'BUG:|Oops|Kernel panic' "$dir/console" | head -n 40 >&2
	fi
	[ ! -s "$dir/control/status" ] || exit "$(cat "$dir/control/status")"
	tail -n 20 "$dir/console" | sed 's/^/console: /' >&2
	cat "$dir/qemu.log" >&2
	[ $code != 124 ] && [ $code != 137 ] || die 124 "time limit of $limit s reached"
	die 125 "kernel $kernel ended without running the command to its end (QEMU: $code)"
}
