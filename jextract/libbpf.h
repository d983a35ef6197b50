/* What `make bindings` shows jextract: libbpf's public headers and the kernel's own. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
