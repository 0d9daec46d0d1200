// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// Bouncy Castle's cryptography, whose ciphers keep [RecordBounds] in what they decrypt, too. One
/// for all handshakes of a process; it holds nothing but the source of randomness.
final class BoundedCrypto extends BcTlsCrypto {
    BoundedCrypto(SecureRandom random) {
        super(random);
    }

    @Override
    public TlsCipher createCipher(
            TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        return new BoundedCipher(super.createCipher(parameters, encryptionAlgorithm, macAlgorithm));
    }

    /// One association's cipher.
    record BoundedCipher(TlsCipher cipher) implements TlsCipher {
        @Override
        public TlsDecodeResult decodeCiphertext(
                long seq,
                short recordType,
                ProtocolVersion recordVersion,
                byte[] ciphertext,
                int offset,
                int lengthBytes)
                throws IOException {
            var plain =
                    cipher.decodeCiphertext(
                            seq, recordType, recordVersion, ciphertext, offset, lengthBytes);
            if (plain.contentType == ContentType.handshake
                    && !RecordBounds.areShort(plain.buf, plain.off, plain.off + plain.len)) {
                throw new TlsFatalAlert(AlertDescription.bad_record_mac); // and it is dropped
            }
            return plain;
        }

        @Override
        public TlsEncodeResult encodePlaintext(
                long seq,
                short contentType,
                ProtocolVersion recordVersion,
                int headerAllocation,
                byte[] plaintext,
                int offset,
                int lengthBytes)
                throws IOException {
            return cipher.encodePlaintext(
                    seq,
                    contentType,
                    recordVersion,
                    headerAllocation,
                    plaintext,
                    offset,
                    lengthBytes);
        }

        @Override
        public int getCiphertextDecodeLimit(int plaintextLimit) {
            return cipher.getCiphertextDecodeLimit(plaintextLimit);
        }

        @Override
        public int getCiphertextEncodeLimit(int plaintextLimit) {
            return cipher.getCiphertextEncodeLimit(plaintextLimit);
        }

        @Override
        public int getPlaintextDecodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextDecodeLimit(ciphertextLimit);
        }

        @Override
        public int getPlaintextEncodeLimit(int ciphertextLimit) {
            return cipher.getPlaintextEncodeLimit(ciphertextLimit);
        }

        @Override
        public void rekeyDecoder() throws IOException {
            cipher.rekeyDecoder();
        }

        @Override
        public void rekeyEncoder() throws IOException {
            cipher.rekeyEncoder();
        }

        @Override
        public boolean usesOpaqueRecordTypeDecode() {
            return cipher.usesOpaqueRecordTypeDecode();
        }

        @Override
        public boolean usesOpaqueRecordTypeEncode() {
            return cipher.usesOpaqueRecordTypeEncode();
        }
    }
}
