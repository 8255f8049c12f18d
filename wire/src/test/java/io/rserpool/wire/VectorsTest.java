package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples that the specification comes with, each of them checked against Wireshark.
class VectorsTest {

  /// What the bytes show anyway, compared by [#checkLengths].
  private static final Set<String> LENGTHS =
      Set.of("length", "causeLength", "messageLength", "handleSize");

  /// Messages that must not be processed.
  private static final Set<String> DROPPED =
      Set.of(
          "asap_handle_resolution_unknown_stop",
          "asap_handle_resolution_unknown_stop_report",
          "asap_unknown_message_report",
          "asap_unknown_message_silent");

  /// Messages that say more than their record keeps: unknown parameters, rsplib's extra policy.
  private static final Set<String> RAW_ONLY =
      Set.of(
          "asap_handle_resolution_unknown_skip",
          "asap_handle_resolution_unknown_skip_report",
          "asap_business_card_rsplib");

  static List<Vector> all() {
    return Vector.all();
  }

  static Stream<Vector> processed() {
    return Vector.all().stream().filter(vector -> !DROPPED.contains(vector.name()));
  }

  static Stream<Vector> complete() {
    return processed().filter(vector -> !RAW_ONLY.contains(vector.name()));
  }

  @Test
  void thereAreEightyEightExamples() {
    assertThat(Vector.all()).hasSize(88);
  }

  @ParameterizedTest
  @MethodSource("processed")
  void anExampleDecodesToItsFields(Vector vector) {
    Map<String, Object> fields = normalized(vector.fields());
    Decoded.Message<?> decoded = decode(vector);
    assertThat(known(fields)).isEqualTo(rsplibPolicyRestored(vector, describe(decoded.message())));
    assertThat(unknown(fields))
        .isEqualTo(decoded.skipped().stream().map(VectorFields::unknown).toList());
  }

  @ParameterizedTest
  @MethodSource("complete")
  void anExampleIsEncodedToTheSameBytes(Vector vector) {
    assertThat(encode(decode(vector).message(), form(vector))).isEqualTo(vector.bytes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRawFormIsEncodedToTheSameBytes(Vector vector) {
    Decoded<RawMessage> raw =
        RawMessage.decode(vector.protocol(), vector.bytes(), 0, vector.bytes().length);
    assertThat(raw).isInstanceOf(Decoded.Message.class);
    RawMessage message = ((Decoded.Message<RawMessage>) raw).message();
    assertThat(message.rest().isEmpty()).isTrue();
    assertThat(message.encode(vector.lengthForm())).isEqualTo(vector.bytes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theLengthsOfAnExampleAreThoseOfItsBytes(Vector vector) {
    Map<String, Object> fields = vector.fields();
    assertThat(u16(vector.bytes(), 2)).isEqualTo(fields.get("messageLength"));
    int offset = 4;
    for (String field :
        List.of(
            "serverIdentifier",
            "sendingServerId",
            "receivingServerId",
            "updateAction",
            "targetingServerId")) {
      offset += fields.containsKey(field) ? 4 : 0;
    }
    for (Object parameter : Vector.list(fields.get("parameters"))) {
      offset = checkLengths(vector.bytes(), offset, Vector.map(parameter));
    }
    assertThat(offset).isEqualTo(vector.bytes().length);
  }

  @Test
  void anUnknownParameterThatIsToBeReportedIsReportedAndPassedOver() {
    Decoded.Message<?> decoded = decode(Vector.named("asap_handle_resolution_unknown_skip_report"));
    assertThat(new AsapCodec(WireForm.RFC).encode(new AsapError(decoded.reports())))
        .asHexString()
        .isEqualToIgnoringCase("0e000014000c00100001000ccabc000801020304");
    assertThat(decode(Vector.named("asap_handle_resolution_unknown_skip")).reports()).isEmpty();
  }

  @Test
  void anUnknownParameterThatStopsTheMessageIsReportedOnlyIfItAsksForIt() {
    Decoded.Fault<?> silent = fault("asap_handle_resolution_unknown_stop");
    assertThat(silent.kind()).isEqualTo(FaultKind.UNKNOWN_PARAMETER);
    assertThat(silent.offset()).isEqualTo(4);
    assertThat(silent.reports()).isEmpty();
    Decoded.Fault<?> reported = fault("asap_handle_resolution_unknown_stop_report");
    assertThat(reported.kind()).isEqualTo(FaultKind.UNKNOWN_PARAMETER);
    assertThat(new AsapCodec(WireForm.RFC).encode(new AsapError(reported.reports())))
        .isEqualTo(Vector.named("asap_error_unrecognized_parameter").bytes());
  }

  @Test
  void anUnknownMessageIsReportedOnlyIfItAsksForIt() {
    Decoded.Fault<?> silent = fault("asap_unknown_message_silent");
    assertThat(silent.kind()).isEqualTo(FaultKind.UNKNOWN_MESSAGE);
    assertThat(silent.reports()).isEmpty();
    Decoded.Fault<?> reported = fault("asap_unknown_message_report");
    assertThat(reported.kind()).isEqualTo(FaultKind.UNKNOWN_MESSAGE);
    assertThat(new AsapCodec(WireForm.RFC).encode(new AsapError(reported.reports())))
        .isEqualTo(Vector.named("asap_error_cause_02").bytes());
  }

  private static WireForm form(Vector vector) {
    return WireForm.STANDARD.withLengthForm(vector.lengthForm());
  }

  private static Decoded<?> decodeAny(Vector vector) {
    byte[] bytes = vector.bytes();
    return switch (vector.protocol()) {
      case ASAP -> new AsapCodec(form(vector)).decode(bytes, 0, bytes.length);
      case ENRP -> new EnrpCodec(form(vector)).decode(bytes, 0, bytes.length);
    };
  }

  private static Decoded.Message<?> decode(Vector vector) {
    assertThat(decodeAny(vector)).isInstanceOf(Decoded.Message.class);
    return (Decoded.Message<?>) decodeAny(vector);
  }

  private static Decoded.Fault<?> fault(String name) {
    assertThat(decodeAny(Vector.named(name))).isInstanceOf(Decoded.Fault.class);
    return (Decoded.Fault<?>) decodeAny(Vector.named(name));
  }

  private static byte[] encode(Object message, WireForm form) {
    return switch (message) {
      case AsapMessage asap -> new AsapCodec(form).encode(asap);
      case EnrpMessage enrp -> new EnrpCodec(form).encode(enrp);
      default -> throw new AssertionError(message);
    };
  }

  private static Map<String, Object> describe(Object message) {
    return switch (message) {
      case AsapMessage asap -> MessageFields.of(asap);
      case EnrpMessage enrp -> MessageFields.of(enrp);
      default -> throw new AssertionError(message);
    };
  }

  /// The policy in rsplib's business card is read and has no place in the record.
  private static Map<String, Object> rsplibPolicyRestored(
      Vector vector, Map<String, Object> described) {
    if (vector.name().equals("asap_business_card_rsplib")) {
      Vector.list(described.get("parameters"))
          .add(1, VectorFields.policy(io.rserpool.protocol.Policy.RoundRobin.INSTANCE));
    }
    return described;
  }

  private static Map<String, Object> known(Map<String, Object> fields) {
    Map<String, Object> known = new LinkedHashMap<>(fields);
    List<Object> parameters = new ArrayList<>(Vector.list(fields.get("parameters")));
    parameters.removeAll(unknown(fields));
    known.put("parameters", parameters);
    return known;
  }

  private static List<Object> unknown(Map<String, Object> fields) {
    return Vector.list(fields.get("parameters")).stream()
        .filter(parameter -> "(unassigned)".equals(Vector.map(parameter).get("name")))
        .toList();
  }

  private static Map<String, Object> normalized(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!LENGTHS.contains(key)) {
        copy.put(key, normalizedValue(value));
      }
    });
    return copy;
  }

  private static Object normalizedValue(Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> normalized(Vector.map(map));
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(normalizedValue(item)));
        yield copy;
      }
      case Number number -> number.longValue();
      default -> value;
    };
  }

  /// Compares the Length of a parameter, and of those in it, with the bytes; returns where the next
  /// parameter starts.
  private static int checkLengths(byte[] bytes, int offset, Map<String, Object> parameter) {
    assertThat(u16(bytes, offset)).isEqualTo(parameter.get("type"));
    int length = u16(bytes, offset + 2);
    assertThat(length).isEqualTo(parameter.get("length"));
    if (parameter.containsKey("handleSize")) {
      assertThat(length - 4).isEqualTo(parameter.get("handleSize"));
    }
    int inner = offset + (parameter.containsKey("userTransport") ? 16 : 8);
    for (String key : List.of("userTransport", "transport", "policy", "asapTransport")) {
      if (parameter.get(key) instanceof Map<?, ?> map) {
        inner = checkLengths(bytes, inner, Vector.map(map));
      }
    }
    if (parameter.get("causes") instanceof List<?> causes) {
      int at = offset + 4;
      for (Object cause : causes) {
        int causeLength = u16(bytes, at + 2);
        assertThat(causeLength).isEqualTo(Vector.map(cause).get("causeLength"));
        if (Vector.map(cause).get("info") instanceof Map<?, ?> info && info.containsKey("type")) {
          checkLengths(bytes, at + 4, Vector.map(info));
        }
        at += (causeLength + 3) & ~3;
      }
    }
    return offset + ((length + 3) & ~3);
  }

  private static int u16(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
