package io.weir.cli.sockets;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.agent.netlink.UlpView;
import java.io.IOException;

/** The key {@code ulp} of a socket's JSON object: kernel TLS, MPTCP, or another's name. */
final class UlpJson {
    private final JsonGenerator json;

    UlpJson(JsonGenerator json) {
        this.json = json;
    }

    void write(UlpView ulp) throws IOException {
        String name = ulp.name();
        if (name.isEmpty() && !ulp.hasTls() && !ulp.hasMptcp()) {
            return;
        }
        json.writeObjectFieldStart("ulp");
        json.writeStringField("name", name);
        if (ulp.hasTls()) {
            writeTls(ulp);
        }
        if (ulp.hasMptcp()) {
            writeMptcp(ulp);
        }
        json.writeEndObject();
    }

    private void writeTls(UlpView ulp) throws IOException {
        json.writeObjectFieldStart("tls");
        writeIfThere("version", ulp.tlsVersion());
        writeIfThere("cipher", ulp.tlsCipher());
        writeIfThere("txconf", ulp.tlsTxConf());
        writeIfThere("rxconf", ulp.tlsRxConf());
        json.writeBooleanField("zcRoTx", ulp.isTlsZeroCopyTx());
        json.writeBooleanField("rxNoPad", ulp.isTlsRxNoPad());
        json.writeEndObject();
    }

    private void writeMptcp(UlpView ulp) throws IOException {
        json.writeObjectFieldStart("mptcp");
        writeIfThere("tokenRem", ulp.mptcpTokenRem());
        writeIfThere("tokenLoc", ulp.mptcpTokenLoc());
        writeIfThere("relwriteSeq", ulp.mptcpRelwriteSeq());
        if (ulp.hasMptcpMapSeq()) {
            json.writeFieldName("mapSeq");
            json.writeRawValue(Long.toUnsignedString(ulp.mptcpMapSeq()));
        }
        writeIfThere("mapSfseq", ulp.mptcpMapSfseq());
        writeIfThere("ssnOffset", ulp.mptcpSsnOffset());
        writeIfThere("mapDatalen", ulp.mptcpMapDatalen());
        writeIfThere("flags", ulp.mptcpFlags());
        writeIfThere("idRem", ulp.mptcpIdRem());
        writeIfThere("idLoc", ulp.mptcpIdLoc());
        json.writeEndObject();
    }

    private void writeIfThere(String name, long value) throws IOException {
        if (value >= 0) {
            json.writeNumberField(name, value);
        }
    }
}
