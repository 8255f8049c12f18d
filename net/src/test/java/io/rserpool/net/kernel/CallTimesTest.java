package io.rserpool.net.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import org.junit.jupiter.api.Test;

class CallTimesTest {

  /// Five times: 0.2 s, 0.4 s, 0.8 s, and then 1 s each, which is the greatest time-out.
  @Test
  void timeOutsDoubleUpToTheGreatest() {
    assertThat(CallTimes.patienceNs(SctpOptions.defaults(), 1)).isEqualTo(3_400_000_000L);
  }

  /// 0.2 s twice, 0.4 s twice, 0.8 s.
  @Test
  void withTwoAddressesTheTimeOutDoublesWhenBothHaveBeenTried() {
    assertThat(CallTimes.patienceNs(SctpOptions.defaults(), 2)).isEqualTo(2_000_000_000L);
  }

  @Test
  void whatFailsBeforePatienceIsOverWasRefused() {
    long patienceNs = 4_500_000_000L;
    long grainNs = 20_000_000L;

    assertThat(CallTimes.reason(0, patienceNs)).isEqualTo(LossReason.REFUSED);
    assertThat(CallTimes.reason(patienceNs - grainNs - 1, patienceNs))
        .isEqualTo(LossReason.REFUSED);
    assertThat(CallTimes.reason(patienceNs - grainNs, patienceNs))
        .isEqualTo(LossReason.UNREACHABLE);
  }
}
