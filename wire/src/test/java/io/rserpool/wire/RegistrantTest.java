package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The Registrant: our own optional parameter at the end of a pool element, among registrars only.
class RegistrantTest {

  private static final String NAME = "rserpool://s/element/abc";
  private static final String IDENTIFIERS = "1a2b3c4d00000000";
  private static final String HANDLE = "0009000c4563686f506f6f6c";
  private static final String FIELDS = "12345678" + "1a2b3c4d" + "0000012c";
  private static final String USER = "000400101e61000100010008c000020a";
  private static final String POLICY = "0008000800000001";
  private static final String ASAP = "000500100f17000000010008c000020a";

  @Test
  void registrantIsTheLastParameterOfAnElement() {
    String registrant = "bf02001c" + hex(NAME);
    byte[] bytes = update(USER + POLICY + registrant);
    EnrpHandleUpdate message = (EnrpHandleUpdate) enrp(bytes);
    assertThat(message.element().registrant()).isEqualTo(NAME);
    assertThat(new EnrpCodec(WireForm.STANDARD).encode(message)).isEqualTo(bytes);
    byte[] callable = update(USER + POLICY + ASAP + registrant);
    EnrpHandleUpdate second = (EnrpHandleUpdate) enrp(callable);
    assertThat(second.element().registrant()).isEqualTo(NAME);
    assertThat(second.element().asapTransport().port()).isEqualTo(3_863);
    assertThat(new EnrpCodec(WireForm.STANDARD).encode(second)).isEqualTo(callable);
  }

  @Test
  void elementWithoutRegistrantIsWrittenAsTheRfcHasIt() {
    byte[] bytes = update(USER + POLICY);
    EnrpHandleUpdate message = (EnrpHandleUpdate) enrp(bytes);
    assertThat(message.element().registrant()).isEmpty();
    assertThat(new EnrpCodec(WireForm.STANDARD).encode(message)).isEqualTo(bytes);
  }

  @Test
  void registrantIsPassedOverByWhoeverDoesNotKnowIt() {
    // Of another unknown type with the same high bits, as a reader without ours sees it.
    byte[] bytes = update(USER + POLICY + "bf7e001c" + hex(NAME));
    EnrpCodec codec = new EnrpCodec(WireForm.STANDARD);
    Decoded<EnrpMessage> decoded = codec.decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    assertThat(decoded.reports()).isEmpty();
  }

  @Test
  void registrantOfATableIsKeptForEachElement() {
    EnrpHandleUpdate one =
        (EnrpHandleUpdate) enrp(update(USER + POLICY + "bf020005" + "41" + "000000"));
    PoolElementParameter other = one.element().withRegistrant("");
    EnrpHandleTableResponse table =
        new EnrpHandleTableResponse(
            one.sender(),
            one.receiver(),
            false,
            false,
            List.of(
                new EnrpHandleTableResponse.PoolEntry(
                    one.handle(), List.of(one.element(), other, one.element()))));
    byte[] bytes = new EnrpCodec(WireForm.STANDARD).encode(table);
    assertThat(enrp(bytes)).isEqualTo(table);
  }

  @Test
  void registrantIsNeitherReadNorWrittenInAsap() {
    for (String value : List.of(hex("A"), "", "00", hex("x".repeat(600)))) {
      byte[] bytes = asap(1, HANDLE + element(USER + POLICY + ASAP + registrant(value)));
      AsapRegistration message = (AsapRegistration) asap(bytes);
      assertThat(message.element().registrant()).isEmpty();
    }
    byte[] plain = asap(1, HANDLE + element(USER + POLICY));
    AsapRegistration message = (AsapRegistration) asap(plain);
    PoolElementParameter owned = message.element().withRegistrant(NAME);
    AsapCodec codec = new AsapCodec(WireForm.STANDARD);
    assertThat(codec.encode(new AsapRegistration(message.handle(), owned))).isEqualTo(plain);
    byte[] answer =
        codec.encode(
            new AsapHandleResolutionResponse(
                PoolHandle.of("EchoPool"),
                false,
                new AsapHandleResolutionResponse.Found(owned.policy(), List.of(owned))));
    assertThat(HexFormat.of().formatHex(answer)).doesNotContain(hex(NAME));
  }

  @Test
  void registrantIsNotSentInTheFormOfRsplib() {
    EnrpHandleUpdate message =
        (EnrpHandleUpdate) enrp(update(USER + POLICY + registrant(hex(NAME))));
    byte[] bytes = new EnrpCodec(WireForm.RSPLIB).encode(message);
    assertThat(((EnrpHandleUpdate) enrp(bytes)).element().registrant()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "41007a", "7f", "c3a4", "0a", "ff", "412020090d"})
  void registrantThatIsNoPlainNameIsRefused(String value) {
    Decoded.Fault<EnrpMessage> fault = fault(update(USER + POLICY + registrant(value)));
    assertThat(fault.kind()).isEqualTo(FaultKind.INVALID_VALUE);
    assertThat(fault.reports())
        .extracting(ErrorCause::cause)
        .containsExactly(CauseCode.INVALID_VALUES);
  }

  @Test
  void registrantHasAtMost512Characters() {
    String most = "x".repeat(PoolElementParameter.REGISTRANT_SIZE_MAX);
    EnrpHandleUpdate message =
        (EnrpHandleUpdate) enrp(update(USER + POLICY + registrant(hex(most))));
    assertThat(message.element().registrant()).isEqualTo(most);
    Decoded.Fault<EnrpMessage> fault = fault(update(USER + POLICY + registrant(hex(most + "x"))));
    assertThat(fault.kind()).isEqualTo(FaultKind.INVALID_VALUE);
    assertThat(fault.text())
        .isEqualTo(
            "a Registrant has 1 to 512 printable ASCII characters, but this one has 513 bytes");
    assertThatThrownBy(() -> message.element().withRegistrant(most + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("513");
  }

  @Test
  void truncatedRegistrantIsRefusedAtEveryLength() {
    byte[] whole = update(USER + POLICY + registrant(hex(NAME)));
    EnrpCodec codec = new EnrpCodec(WireForm.STANDARD);
    for (int length = 0; length < whole.length; length++) {
      assertThat(codec.decode(whole, 0, length)).isInstanceOf(Decoded.Fault.class);
    }
    // It says that it is longer than the element around it.
    Decoded.Fault<EnrpMessage> fault = fault(update(USER + POLICY + "bf0200ff" + hex("ABCD")));
    assertThat(fault.kind()).isEqualTo(FaultKind.BAD_LENGTH);
  }

  @Test
  void registrantStandsOnlyOnceAndOnlyAtTheEnd() {
    String one = registrant(hex("ABCD"));
    assertThat(fault(update(USER + POLICY + one + one)).kind())
        .isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(fault(update(USER + POLICY + one + ASAP)).kind())
        .isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
    assertThat(fault(update(one + USER + POLICY)).kind()).isEqualTo(FaultKind.UNEXPECTED_PARAMETER);
  }

  private static String registrant(String value) {
    int size = value.length() / 2;
    return "bf02%04x".formatted(4 + size) + value + "00".repeat(-size & 3);
  }

  private static String element(String parameters) {
    return "000a%04x".formatted(16 + parameters.length() / 2) + FIELDS + parameters;
  }

  private static byte[] update(String parameters) {
    String rest = IDENTIFIERS + "00000000" + HANDLE + element(parameters);
    return bytes("0400%04x".formatted(4 + rest.length() / 2) + rest);
  }

  private static byte[] asap(int type, String parameters) {
    return bytes("%02x00%04x".formatted(type, 4 + parameters.length() / 2) + parameters);
  }

  private static String hex(String text) {
    return Octets.ofUtf8(text).toHex();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static EnrpMessage enrp(byte[] bytes) {
    Decoded<EnrpMessage> decoded = new EnrpCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return ((Decoded.Message<EnrpMessage>) decoded).message();
  }

  private static AsapMessage asap(byte[] bytes) {
    Decoded<AsapMessage> decoded = new AsapCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    return ((Decoded.Message<AsapMessage>) decoded).message();
  }

  private static Decoded.Fault<EnrpMessage> fault(byte[] bytes) {
    Decoded<EnrpMessage> decoded = new EnrpCodec(WireForm.STANDARD).decode(bytes, 0, bytes.length);
    assertThat(decoded).isInstanceOf(Decoded.Fault.class);
    return (Decoded.Fault<EnrpMessage>) decoded;
  }
}
