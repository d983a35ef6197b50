# The verbs of this repository; what they do is written in tools/ and pom.xml.
# Each one first installs what it misses (tools/setup). V=1 shows every command and its output.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help build run test test-kernels fuzz bench bindings format clean setup-build setup-run setup-test test-native

V ?=
export V
Q := $(if $(V),,@)
step = @printf '  %-10s %s\n' '$(1)' '$(2)'

KERNELS := 6.1 newest
ALL_KERNELS := 5.10 6.1 6.12 newest 6.1+lockdown
ARGS ?=

BPF_OBJECTS := $(patsubst bpf/%.c,target/bpf/%.o,$(wildcard bpf/*.bpf.c)) \
	$(patsubst src/test/bpf/%.c,target/test-bpf/%.o,$(wildcard src/test/bpf/*.bpf.c))
BPF_HEADERS := $(wildcard bpf/*.h) tools/bpf-compile
# directories are in the list so that a deleted file counts as a change
SOURCES := pom.xml $(shell find src jextract -not -name '*$$*' -not -path 'src/test/c*')

help:
	@echo 'make build         target/weir, ready to be copied and run: BPF objects, jar, launcher'
	@echo 'make run           build, then show live who is talking (needs root; ARGS="--port 443" filters)'
	@echo 'make test          unit tests, native tests, and kernel tests in guests with $(KERNELS)'
	@echo 'make test-kernels  kernel tests on $(ALL_KERNELS); prints what attached where'
	@echo 'make fuzz          fuzzes the decoders of netlink for ten minutes (ARGS=SECONDS per target)'
	@echo 'make bench         benchmarks; prints ratios measured in one run'
	@echo 'make bindings      libbpf bindings by jextract, from jextract/*.includes'
	@echo 'make format        formats the Java code'
	@echo 'make clean         removes target/ (kernels stay in $${XDG_CACHE_HOME:-~/.cache}/weir/lab)'
	@echo
	@echo 'V=1 shows every command. One kernel, one test: tools/lab/kernel-tests --help'

build: setup-build target/.built

run: setup-run build
	$(Q)tools/as-root target/weir/bin/weir observe $(ARGS)

test: setup-test build test-native
	$(Q)tools/test $(KERNELS)

test-kernels: setup-test build test-native
	$(Q)tools/lab/kernel-tests $(ALL_KERNELS)

fuzz: setup-build build
	$(Q)tools/fuzz $(or $(ARGS),300)

bench: setup-test build test-native
	$(Q)tools/bench/run $(ARGS)

bindings:
	$(Q)tools/bindings

format: setup-build
	$(Q)tools/quietly target/format.log tools/mvn -q spotless:apply

clean:
	$(Q)rm -rf target

test-native: | setup-test
	$(Q)$(MAKE) -s -C src/test/c OUT=$(abspath target/test-native)

setup-%:
	$(Q)tools/setup $*

target/bpf/%.bpf.o: bpf/%.bpf.c $(BPF_HEADERS) | setup-build
	$(call step,bpf,$<)
	$(Q)tools/bpf-compile $< $@

target/test-bpf/%.bpf.o: src/test/bpf/%.bpf.c $(BPF_HEADERS) | setup-build
	$(call step,bpf,$<)
	$(Q)tools/bpf-compile $< $@

target/.built: $(SOURCES) $(BPF_OBJECTS) | setup-build
	$(call step,java,target/weir)
	$(Q)tools/quietly target/build.log tools/mvn -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -DskipTests package
	$(Q)touch $@
