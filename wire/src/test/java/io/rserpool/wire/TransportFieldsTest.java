package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What transports must have, and what of them does not count (RFC 5354 sections 3.3 to 3.7).
class TransportFieldsTest {

  private static final IpAddress ADDRESS = new IpAddress.V4(0xc000_020a);
  private static final String SCTP = "000400101e61000000010008c000020a";
  private static final String SCTP_WITHOUT_ADDRESS = "000400081e610001";
  private static final String SCTP_WITH_FOREIGN_PARAMETER_ONLY =
      "000400101e610001" + "8abc000801020304";

  @Test
  void profileRfcReadsTcpAsDataOnlyWhateverItsReservedHalfWordSays() {
    for (int use : new int[] {0, 1, 2, 0xffff}) {
      String tcp = "000500101e61%04x00010008c000020a".formatted(use);
      assertThat(userTransport(WireForm.RFC, tcp))
          .as("half-word %d", use)
          .isEqualTo(new AsapTransport.Tcp(ADDRESS, 0x1e61, TransportUse.DATA_ONLY));
    }
    assertThat(userTransport(WireForm.STANDARD, "000500101e61000100010008c000020a"))
        .isEqualTo(new AsapTransport.Tcp(ADDRESS, 0x1e61, TransportUse.DATA_PLUS_CONTROL));
  }

  @Test
  void theReservedHalfWordOfUdpUdpLiteAndDccpIsIgnored() {
    String end = "1e61000100010008c000020a";
    for (WireForm form : new WireForm[] {WireForm.STANDARD, WireForm.RFC, WireForm.RSPLIB}) {
      assertThat(userTransport(form, "00060010" + end))
          .isEqualTo(new TransportAddress.Udp(ADDRESS, 0x1e61));
      assertThat(userTransport(form, "00070010" + end))
          .isEqualTo(new TransportAddress.UdpLite(ADDRESS, 0x1e61));
      assertThat(userTransport(form, "00030014" + "1e610001" + "6563686f" + "00010008c000020a"))
          .isEqualTo(new TransportAddress.Dccp(ADDRESS, 0x1e61, 0x6563_686fL));
    }
  }

  @Test
  void anSctpTransportWithoutAnAddressIsRefusedWhereverItStands() {
    for (String empty : new String[] {SCTP_WITHOUT_ADDRESS, SCTP_WITH_FOREIGN_PARAMETER_ONLY}) {
      for (String hex :
          new String[] {
            registration(empty), registration(SCTP, empty), message(0x0a, "1a2b3c4d" + empty)
          }) {
        Decoded<AsapMessage> decoded = decode(WireForm.STANDARD, hex);
        assertThat(decoded).isInstanceOf(Decoded.Fault.class);
        Decoded.Fault<AsapMessage> fault = (Decoded.Fault<AsapMessage>) decoded;
        assertThat(fault.kind()).isEqualTo(FaultKind.MISSING_PARAMETER);
        assertThat(fault.text()).isEqualTo("an address is missing in SCTP Transport");
        assertThat(fault.reports())
            .extracting(ErrorCause::cause)
            .containsExactly(CauseCode.INVALID_VALUES);
      }
    }
  }

  private static TransportAddress userTransport(WireForm form, String transport) {
    Decoded<AsapMessage> decoded = decode(form, registration(transport));
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    AsapMessage message = ((Decoded.Message<AsapMessage>) decoded).message();
    return ((AsapRegistration) message).element().userTransport();
  }

  private static Decoded<AsapMessage> decode(WireForm form, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return new AsapCodec(form).decode(bytes, 0, bytes.length);
  }

  private static String registration(String userTransport) {
    return registration(userTransport, "");
  }

  private static String registration(String userTransport, String asapTransport) {
    String values = "12345678" + "00000000" + "0000012c" + userTransport + "0008000800000001";
    String all = values + asapTransport;
    String element = "000a%04x%s".formatted(4 + all.length() / 2, all);
    return message(0x01, "0009000c4563686f506f6f6c" + element);
  }

  private static String message(int type, String parameters) {
    return "%02x00%04x%s".formatted(type, 4 + parameters.length() / 2, parameters);
  }
}
