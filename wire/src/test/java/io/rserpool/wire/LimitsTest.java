package io.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Every limit of the codec, from both sides.
class LimitsTest {

  private static final AsapCodec CODEC = new AsapCodec(WireForm.STANDARD);
  private static final AsapCodec COUNTED = new AsapCodec(WireForm.RSPLIB);

  @Test
  void aMessageMayHaveSixtyFourKibibytesLessOne() {
    AsapCookie largest = new AsapCookie(Octets.of(new byte[65_527]));
    byte[] bytes = CODEC.encode(largest);
    assertThat(bytes).hasSize(65_536);
    assertThat(CODEC.decode(bytes, 0, bytes.length))
        .isEqualTo(new Decoded.Message<AsapMessage>(largest, List.of(), List.of()));
  }

  @Test
  void aLargerMessageIsRefusedWithItsNameAndSize() {
    AsapCookie larger = new AsapCookie(Octets.of(new byte[65_528]));
    assertThatThrownBy(() -> CODEC.encode(larger))
        .isInstanceOf(UnencodableException.class)
        .hasMessage("ASAP_COOKIE: a message has at most 65535 bytes, but this one has 65536");
    assertThatThrownBy(() -> CODEC.encode(new AsapCookie(Octets.of(new byte[70_000]))))
        .isInstanceOf(UnencodableException.class)
        .hasMessage(
            "ASAP_COOKIE: a message has at most 65535 bytes, but this one has at least 70008");
  }

  @Test
  void countedPaddingMakesTheLargestMessageSmaller() {
    assertThat(COUNTED.encode(new AsapCookie(Octets.of(new byte[65_524])))).hasSize(65_532);
    assertThatThrownBy(() -> COUNTED.encode(new AsapCookie(Octets.of(new byte[65_525]))))
        .isInstanceOf(UnencodableException.class);
  }

  @Test
  void aListThatGrowsBeyondAMessageIsRefused() {
    ParameterGenerator generator =
        new ParameterGenerator(new SplittableRandom(1), WireForm.STANDARD);
    AsapHandleResolutionResponse response =
        new AsapHandleResolutionResponse(
            PoolHandle.of("pool"),
            false,
            new AsapHandleResolutionResponse.Found(
                Policy.RoundRobin.INSTANCE, Collections.nCopies(3_000, generator.element())));
    assertThatThrownBy(() -> CODEC.encode(response)).isInstanceOf(UnencodableException.class);
  }

  @Test
  void theLargestPoolHandleFitsItsParameterButNotAMessageWithMore() {
    byte[] handle = new byte[PoolHandle.MAX_SIZE - 4];
    assertThat(CODEC.encode(new AsapHandleResolution(new PoolHandle(Octets.of(handle)), false, 0)))
        .hasSize(65_536);
    byte[] larger = new byte[PoolHandle.MAX_SIZE];
    assertThatThrownBy(() ->
            CODEC.encode(new AsapHandleResolution(new PoolHandle(Octets.of(larger)), false, 0)))
        .isInstanceOf(UnencodableException.class);
  }

  @Test
  void aCookieIsNotEmpty() {
    assertThatThrownBy(() -> CODEC.encode(new AsapCookie(Octets.EMPTY)))
        .hasMessage("ASAP_COOKIE: a cookie has 1 byte or more, but this one has none");
  }

  @Test
  void anExtensionPolicyDoesNotHideOneOfOurs() {
    for (long type :
        new long[] {0, 0x4000_0000L, 5, 0x4000_0004L, 0xb000_1001L, 0xb000_2005L, 0xc000_0001L}) {
      assertThatThrownBy(() -> CODEC.encode(found(new Policy.Extension(type, Octets.EMPTY))))
          .isInstanceOf(UnencodableException.class)
          .hasMessageContaining("0x%08x", type);
    }
    for (long type : new long[] {6, 0x4000_0005L, 0xb000_1005L, 0xb000_2006L, 0xc000_0002L}) {
      assertThat(CODEC.encode(found(new Policy.Extension(type, Octets.EMPTY)))).isNotEmpty();
    }
  }

  @Test
  void unknownParametersArePassedOverUpToTheirLimit() {
    byte[] most = withUnknown(Findings.MAX_SKIPPED, 0x8001, 4);
    Decoded<AsapMessage> decoded = CODEC.decode(most, 0, most.length);
    assertThat(decoded).isInstanceOf(Decoded.Message.class);
    assertThat(((Decoded.Message<AsapMessage>) decoded).skipped()).hasSize(Findings.MAX_SKIPPED);
    byte[] more = withUnknown(Findings.MAX_SKIPPED + 1, 0x8001, 4);
    assertThat(CODEC.decode(more, 0, more.length))
        .isInstanceOfSatisfying(
            Decoded.Fault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.LIMIT_EXCEEDED));
  }

  @Test
  void reportsAreLimitedInNumberAndSize() {
    byte[] many = withUnknown(100, 0xc001, 4);
    assertThat(CODEC.decode(many, 0, many.length).reports()).hasSize(Findings.MAX_REPORTS);
    byte[] large = withUnknown(2, 0xc001, 32_000);
    List<ErrorCause> reports = CODEC.decode(large, 0, large.length).reports();
    assertThat(reports).hasSize(2);
    assertThat(CODEC.encode(new AsapError(reports))).isNotEmpty();
    byte[] whole = new byte[65_532];
    ByteBuffer.wrap(whole).put(0, (byte) 0x4f).putShort(2, (short) whole.length);
    assertThat(CODEC.encode(new AsapError(CODEC.decode(whole, 0, whole.length).reports())))
        .hasSizeLessThanOrEqualTo(65_536);
  }

  @Test
  void aLeaveRequestIsSentButForRsplib() {
    AsapDeregistration message =
        new AsapDeregistration(PoolHandle.of("pool"), ElementId.of(1), LeaveRequest.DRAIN);
    assertThat(CODEC.encode(message)).hasSize(28);
    assertThat(new AsapCodec(WireForm.of(Profile.RFC)).encode(message)).hasSize(28);
    assertThat(new AsapCodec(WireForm.of(Profile.RSPLIB)).encode(message)).hasSize(20);
  }

  private static AsapHandleResolutionResponse found(Policy policy) {
    ParameterGenerator generator =
        new ParameterGenerator(new SplittableRandom(1), WireForm.STANDARD);
    return new AsapHandleResolutionResponse(
        PoolHandle.of("pool"),
        false,
        new AsapHandleResolutionResponse.Found(policy, List.of(generator.element())));
  }

  private static byte[] withUnknown(int count, int type, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + count * size);
    bytes.put((byte) 5).put((byte) 0).putShort((short) bytes.capacity());
    bytes.putShort((short) 9).putShort((short) 8).putInt(0x706f6f6c);
    for (int i = 0; i < count; i++) {
      int at = bytes.position();
      bytes.putShort((short) type).putShort((short) size).position(at + size);
    }
    return bytes.array();
  }
}
