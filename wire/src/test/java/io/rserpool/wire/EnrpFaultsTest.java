package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ENRP treats what is unknown by the same rules as ASAP (RFC 5353 section 3.7).
class EnrpFaultsTest {

  private static final int PRESENCE = 1;
  private static final int LIST_RESPONSE = 6;
  private static final int REJECTED = 1;
  private static final String CHECKSUM = "000f0006d6090000";
  private static final String TRANSPORT = "0004001026ad000000010008c0000201";
  private static final String SERVER = "000b0018" + "1a2b3c4d" + TRANSPORT;

  @Test
  void aRejectedListResponseWithServersIsRefused() {
    assertThat(((EnrpListResponse) message(hex(LIST_RESPONSE, 0, SERVER)).message()).servers())
        .hasSize(1);
    assertThat(((EnrpListResponse) message(hex(LIST_RESPONSE, REJECTED, "")).message()).rejected())
        .isTrue();
    Decoded.Fault<EnrpMessage> fault = fault(hex(LIST_RESPONSE, REJECTED, SERVER));
    assertThat(fault.kind()).isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(fault.offset()).isEqualTo(12);
    assertThat(fault.reports())
        .containsExactly(ErrorCause.of(CauseCode.INVALID_VALUES, Octets.ofHex(SERVER)));
  }

  @Test
  void anUnknownMessageIsDroppedAndReportedOnlyIfItsHighBitsAre01() {
    for (int type : new int[] {0x00, 0x0b, 0x3f, 0x81, 0x8b, 0xc1, 0xcb}) {
      Decoded.Fault<EnrpMessage> silent = fault(hex(type, 0, SERVER));
      assertThat(silent.kind()).isEqualTo(FaultKind.UNKNOWN_MESSAGE);
      assertThat(silent.reports()).as("type 0x%02x", type).isEmpty();
    }
    for (int type : new int[] {0x41, 0x4b, 0x7f}) {
      String hex = hex(type, 0, SERVER);
      Decoded.Fault<EnrpMessage> reported = fault(hex);
      assertThat(reported.kind()).isEqualTo(FaultKind.UNKNOWN_MESSAGE);
      assertThat(reported.reports())
          .containsExactly(ErrorCause.of(CauseCode.UNRECOGNIZED_MESSAGE, Octets.ofHex(hex)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8abc000801020304", "cabc000801020304"})
  void anUnknownParameterWithTheHighBitSetIsSkippedWhereverItStands(String unknown) {
    EnrpMessage plain = message(hex(PRESENCE, 0, CHECKSUM + SERVER)).message();
    assertThat(((EnrpPresence) plain).serverInformation().isNone()).isFalse();
    String longer = "000b0020" + "1a2b3c4d" + unknown + TRANSPORT;
    for (String parameters :
        new String[] {
          unknown + CHECKSUM + SERVER,
          CHECKSUM + unknown + SERVER,
          CHECKSUM + SERVER + unknown,
          CHECKSUM + longer
        }) {
      Decoded.Message<EnrpMessage> decoded = message(hex(PRESENCE, 0, parameters));
      assertThat(decoded.message()).isEqualTo(plain);
      assertThat(decoded.skipped()).hasSize(1);
      if (unknown.startsWith("c")) {
        assertThat(decoded.reports())
            .containsExactly(
                ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER, Octets.ofHex(unknown)));
      } else {
        assertThat(decoded.reports()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0abc000801020304", "4abc000801020304"})
  void anUnknownParameterWithTheHighBitClearEndsTheMessage(String unknown) {
    String inside = "000b0020" + "1a2b3c4d" + TRANSPORT + unknown;
    for (String parameters :
        new String[] {unknown + CHECKSUM, CHECKSUM + SERVER + unknown, CHECKSUM + inside}) {
      Decoded.Fault<EnrpMessage> fault = fault(hex(PRESENCE, 0, parameters));
      assertThat(fault.kind()).isEqualTo(FaultKind.UNKNOWN_PARAMETER);
      if (unknown.startsWith("4")) {
        assertThat(fault.reports())
            .containsExactly(
                ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER, Octets.ofHex(unknown)));
      } else {
        assertThat(fault.reports()).isEmpty();
      }
    }
  }

  private static Decoded.Message<EnrpMessage> message(String hex) {
    Decoded<EnrpMessage> decoded = decode(hex);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return (Decoded.Message<EnrpMessage>) decoded;
  }

  private static Decoded.Fault<EnrpMessage> fault(String hex) {
    Decoded<EnrpMessage> decoded = decode(hex);
    assertThat(decoded).isInstanceOf(Decoded.Fault.class);
    return (Decoded.Fault<EnrpMessage>) decoded;
  }

  private static Decoded<EnrpMessage> decode(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return new EnrpCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
  }

  private static String hex(int type, int flags, String parameters) {
    return "%02x%02x%04x1a2b3c4d5e6f7081%s"
        .formatted(type, flags, 12 + parameters.length() / 2, parameters);
  }
}
