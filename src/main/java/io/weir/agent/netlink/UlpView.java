package io.weir.agent.netlink;

/**
 * What runs between TCP and the application, such as kernel TLS: {@code INET_DIAG_ULP_INFO}, of
 * {@code net/tls/tls_main.c:tls_get_info} and {@code net/mptcp/diag.c:subflow_get_info}.
 *
 * <p>What is not there is -1.
 */
public final class UlpView {
    private static final int NAME = 1;
    private static final int TLS = 2;
    private static final int MPTCP = 3;

    private static final int TLS_VERSION = 1;
    private static final int TLS_CIPHER = 2;
    private static final int TLS_TXCONF = 3;
    private static final int TLS_RXCONF = 4;
    private static final int TLS_ZC_RO_TX = 5;
    private static final int TLS_RX_NO_PAD = 6;

    private static final int TOKEN_REM = 1;
    private static final int TOKEN_LOC = 2;
    private static final int RELWRITE_SEQ = 3;
    private static final int MAP_SEQ = 4;
    private static final int MAP_SFSEQ = 5;
    private static final int SSN_OFFSET = 6;
    private static final int MAP_DATALEN = 7;
    private static final int FLAGS = 8;
    private static final int ID_REM = 9;
    private static final int ID_LOC = 10;

    private final Names names = new Names();
    private final Attributes ulp = new Attributes();
    private final Attributes tls = new Attributes();
    private final Attributes mptcp = new Attributes();

    void clear() {
        ulp.clear();
        tls.clear();
        mptcp.clear();
    }

    void wrap(int[] words, long origin, int from, int to) {
        clear();
        ulp.find(words, origin, from, to);
        nest(words, origin, TLS, tls);
        nest(words, origin, MPTCP, mptcp);
    }

    private void nest(int[] words, long origin, int type, Attributes inner) {
        if (ulp.has(type)) {
            int from = ulp.offset(type);
            inner.find(words, origin, from, from + ulp.length(type));
        }
    }

    /** Such as {@code tls} or {@code mptcp}; empty if there is none. */
    public String name() {
        return ulp.text(NAME, names);
    }

    /** Whether kernel TLS is at work. */
    public boolean hasTls() {
        return ulp.has(TLS);
    }

    /** As on the wire: 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
    public int tlsVersion() {
        return tls.u16(TLS_VERSION);
    }

    /** {@code TLS_CIPHER_*}: 51 is AES-GCM-128, 52 AES-GCM-256. */
    public int tlsCipher() {
        return tls.u16(TLS_CIPHER);
    }

    /** Who encrypts: 1 nobody yet, 2 software, 3 the card, 4 the card with its own TCP. */
    public int tlsTxConf() {
        return tls.u16(TLS_TXCONF);
    }

    /** Who decrypts, as {@link #tlsTxConf}. */
    public int tlsRxConf() {
        return tls.u16(TLS_RXCONF);
    }

    /** Zero-copy sendfile of read-only data: {@code TLS_INFO_ZC_RO_TX}. */
    public boolean isTlsZeroCopyTx() {
        return tls.has(TLS_ZC_RO_TX);
    }

    /** The peer promised not to pad: {@code TLS_INFO_RX_NO_PAD}. */
    public boolean isTlsRxNoPad() {
        return tls.has(TLS_RX_NO_PAD);
    }

    /** Whether this is a subflow of an MPTCP connection. */
    public boolean hasMptcp() {
        return ulp.has(MPTCP);
    }

    /** The other end's token of the MPTCP connection. */
    public long mptcpTokenRem() {
        return mptcp.u32(TOKEN_REM);
    }

    /** This end's token of the MPTCP connection. */
    public long mptcpTokenLoc() {
        return mptcp.u32(TOKEN_LOC);
    }

    /** {@code mptcp_subflow_context.rel_write_seq}; only with CAP_NET_ADMIN, as the next four. */
    public long mptcpRelwriteSeq() {
        return mptcp.u32(RELWRITE_SEQ);
    }

    /** Whether {@link #mptcpMapSeq} is there. */
    public boolean hasMptcpMapSeq() {
        return mptcp.has(MAP_SEQ, Long.BYTES);
    }

    /** Where the current mapping begins in the connection's sequence, 0 if it is absent. */
    public long mptcpMapSeq() {
        return mptcp.u64(MAP_SEQ);
    }

    /** Where the current mapping begins in the subflow's sequence. */
    public long mptcpMapSfseq() {
        return mptcp.u32(MAP_SFSEQ);
    }

    /** The subflow's first sequence number, from where the mappings count. */
    public long mptcpSsnOffset() {
        return mptcp.u32(SSN_OFFSET);
    }

    /** Bytes of the current mapping. */
    public int mptcpMapDatalen() {
        return mptcp.u16(MAP_DATALEN);
    }

    /** {@code MPTCP_SUBFLOW_FLAG_*}. */
    public long mptcpFlags() {
        return mptcp.u32(FLAGS);
    }

    /** The other end's address number. */
    public int mptcpIdRem() {
        return mptcp.u8(ID_REM);
    }

    /** This end's address number. */
    public int mptcpIdLoc() {
        return mptcp.u8(ID_LOC);
    }
}
