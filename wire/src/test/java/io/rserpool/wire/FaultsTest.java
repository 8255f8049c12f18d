package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// What is not acceptable, where it is said to be, and what is reported.
class FaultsTest {

  private static final String HANDLE = "0009000c4563686f506f6f6c";
  private static final String ELEMENT_ID = "000e000812345678";
  private static final String TRANSPORT = "000400101e61000100010008c000020a";
  private static final String POLICY = "0008000800000001";
  private static final String ELEMENT =
      "000a0028" + "12345678" + "00000000" + "0000012c" + TRANSPORT + POLICY;

  @Test
  void aMessageHasAHeader() {
    Decoded.Fault<AsapMessage> fault = asapFault("05000");
    assertThat(fault.kind()).isEqualTo(FaultKind.TRUNCATED);
    assertThat(fault.reports()).isEmpty();
  }

  @Test
  void aMessageLengthBelowFourOrBeyondTheBytesIsReported() {
    Decoded.Fault<AsapMessage> tooShort = asapFault("05000003" + HANDLE);
    assertThat(tooShort.kind()).isEqualTo(FaultKind.BAD_LENGTH);
    assertThat(tooShort.reports())
        .extracting(ErrorCause::cause)
        .containsExactly(CauseCode.INVALID_VALUES);
    assertThat(asapFault("05000011" + HANDLE).kind()).isEqualTo(FaultKind.TRUNCATED);
  }

  @Test
  void aParameterDoesNotRunPastItsContainer() {
    Decoded.Fault<AsapMessage> fault = asapFault("050000100009000d4563686f506f6f6c");
    assertThat(fault.kind()).isEqualTo(FaultKind.BAD_LENGTH);
    assertThat(fault.offset()).isEqualTo(4);
    assertThat(fault.text()).isEqualTo("Pool Handle has Length 13, but 4 to 12 fit");
    assertThat(fault.reports())
        .containsExactly(
            ErrorCause.of(CauseCode.INVALID_VALUES, Octets.ofHex("0009000d4563686f506f6f6c")));
    assertThat(asapFault(message(1, HANDLE + ELEMENT.replace("00080008", "00080009"))).text())
        .isEqualTo("Pool Member Selection Policy has Length 9, but 4 to 8 fit");
    assertThat(asapFault("050000100009000300000000" + "00000000").kind())
        .isEqualTo(FaultKind.BAD_LENGTH);
  }

  @Test
  void aFixedSizeValueIsNotTooShort() {
    Decoded.Fault<AsapMessage> fault = asapFault(message(2, HANDLE + "000e000612340000"));
    assertThat(fault.kind()).isEqualTo(FaultKind.BAD_LENGTH);
    assertThat(fault.offset()).isEqualTo(16);
    assertThat(fault.text())
        .isEqualTo("4 bytes expected at offset 20, but PE Identifier ends at 22");
    assertThat(enrpFault("0700000e1a2b3c4d5e6f70810bad0000").kind())
        .isEqualTo(FaultKind.BAD_LENGTH);
  }

  @Test
  void aMandatoryParameterIsThere() {
    assertThat(asapFault(message(5, "")).kind()).isEqualTo(FaultKind.MISSING_PARAMETER);
    assertThat(asapFault(message(5, "")).text()).isEqualTo("Pool Handle is missing in the message");
    assertThat(asapFault(message(6, HANDLE)).text())
        .isEqualTo("Pool Element is missing in the message");
    assertThat(asapFault(message(14, "")).kind()).isEqualTo(FaultKind.MISSING_PARAMETER);
    assertThat(asapFault(message(14, "000c0004")).text())
        .isEqualTo("a cause is missing in Operation Error");
    assertThat(enrpFault("0100000c1a2b3c4d00000000").text())
        .isEqualTo("PE Checksum is missing in the message");
  }

  @Test
  void aKnownParameterOutOfPlaceOrTwiceIsInvalid() {
    Decoded.Fault<AsapMessage> swapped = asapFault(message(2, ELEMENT_ID + HANDLE));
    assertThat(swapped.kind()).isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(swapped.text()).isEqualTo("Pool Handle expected, but there is PE Identifier");
    assertThat(swapped.reports())
        .containsExactly(ErrorCause.of(CauseCode.INVALID_VALUES, Octets.ofHex(ELEMENT_ID)));
    Decoded.Fault<AsapMessage> twice = asapFault(message(2, HANDLE + ELEMENT_ID + ELEMENT_ID));
    assertThat(twice.kind()).isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(twice.offset()).isEqualTo(24);
    assertThat(asapFault(message(10, "1a2b3c4d" + "0006001000000000" + "00010008c000020a")).kind())
        .isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(enrpFault("030100181a2b3c4d00000000" + HANDLE).kind())
        .isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
  }

  @Test
  void valuesThatAreExcludedAreInvalid() {
    assertThat(asapFault(message(5, "00090004")).kind()).isEqualTo(FaultKind.INVALID_VALUE);
    assertThat(asapFault(message(11, "000d0004")).kind()).isEqualTo(FaultKind.INVALID_VALUE);
    for (String type : new String[] {"00000000", "40000000"}) {
      Decoded.Fault<AsapMessage> fault =
          asapFault(message(1, HANDLE + ELEMENT.replace("0008000800000001", "00080008" + type)));
      assertThat(fault.kind()).isEqualTo(FaultKind.INVALID_VALUE);
      assertThat(fault.text()).isEqualTo("0x" + type + " is no policy type");
    }
    assertThat(enrpFault("040000101a2b3c4d000000000002" + "0000").kind())
        .isEqualTo(FaultKind.INVALID_VALUE);
  }

  @Test
  void anErrorMessageIsNeverReported() {
    assertThat(asapFault(message(14, "4abc0008deadbeef")).reports()).isEmpty();
    assertThat(asapFault(message(14, ELEMENT_ID)).reports()).isEmpty();
    assertThat(asapMessage(message(14, "000c000800090004" + "cabc0008deadbeef")).reports())
        .isEmpty();
    assertThat(enrpFault("0a00000c1a2b3c4d00000000").reports()).isEmpty();
  }

  @Test
  void aMissingPolicyMeansRoundRobin() {
    AsapHandleResolutionResponse response =
        (AsapHandleResolutionResponse) asapMessage(message(6, HANDLE + ELEMENT)).message();
    assertThat(((AsapHandleResolutionResponse.Found) response.resolution()).policy())
        .isEqualTo(Policy.RoundRobin.INSTANCE);
  }

  @Test
  void extraBytesInAKnownParameterAreIgnored() {
    assertThat(asapMessage(message(2, HANDLE + "000e000c1234567801020304")).message())
        .isEqualTo(asapMessage(message(2, HANDLE + ELEMENT_ID)).message());
    assertThat(
            asapMessage(
                    message(
                        1,
                        HANDLE
                            + "000a002c1234567800000000"
                            + "0000012c"
                            + TRANSPORT
                            + "0008000c0000000100000007"))
                .message())
        .isEqualTo(asapMessage(message(1, HANDLE + ELEMENT)).message());
  }

  @Test
  void undefinedFlagsAndPaddingOfAnyValueAreIgnored() {
    AsapHandleResolution plain =
        (AsapHandleResolution)
            asapMessage("050000150009001144617974696d65506f6f6c2d31000000").message();
    assertThat(asapMessage("05fe00150009001144617974696d65506f6f6c2d31ffffff").message())
        .isEqualTo(plain);
    assertThat(asapMessage("050000150009001144617974696d65506f6f6c2d31").message())
        .isEqualTo(plain);
  }

  @Test
  void unknownParametersDeepInsideFollowTheSameRules() {
    String longer = ELEMENT.replace("000a0028", "000a0030");
    Decoded.Message<AsapMessage> decoded =
        asapMessage(message(1, HANDLE + longer + "c0010008deadbeef"));
    assertThat(decoded.reports())
        .containsExactly(
            ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER, Octets.ofHex("c0010008deadbeef")));
    assertThat(decoded.skipped())
        .containsExactly(new UnknownParameter(56, 0xc001, Octets.ofHex("deadbeef")));
  }

  @Test
  void rsplibCauseNumbersAreReadAsTheirMeaningInItsProfileOnly() {
    byte[] bytes =
        HexFormat.of().parseHex("0e000010000c000c0011000400000004".replace("00000004", "f0020004"));
    assertThat(new AsapCodec(WireForm.RSPLIB).decode(bytes, 0, bytes.length).toString())
        .contains("Invalid Values", "Non-Unique PE Identifier");
    assertThat(new AsapCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length).toString())
        .contains("Cause 0x0011", "Cause 0xf002");
  }

  private static Decoded.Message<AsapMessage> asapMessage(String hex) {
    Decoded<AsapMessage> decoded = asap(hex);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return (Decoded.Message<AsapMessage>) decoded;
  }

  private static Decoded.Fault<AsapMessage> asapFault(String hex) {
    Decoded<AsapMessage> decoded = asap(hex);
    assertThat(decoded).isInstanceOf(Decoded.Fault.class);
    return (Decoded.Fault<AsapMessage>) decoded;
  }

  private static Decoded<AsapMessage> asap(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex, 0, hex.length() & ~1);
    return new AsapCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
  }

  private static Decoded.Fault<EnrpMessage> enrpFault(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Decoded<EnrpMessage> decoded = new EnrpCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Fault.class);
    return (Decoded.Fault<EnrpMessage>) decoded;
  }

  private static String message(int type, String parameters) {
    return "%02x00%04x%s".formatted(type, 4 + parameters.length() / 2, parameters);
  }
}
