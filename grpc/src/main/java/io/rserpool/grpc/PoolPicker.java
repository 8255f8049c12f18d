package io.rserpool.grpc;

import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import java.util.List;

/// Sends each call to the element that the pool's policy chooses.
final class PoolPicker extends SubchannelPicker {

  private final Choice choice;

  PoolPicker(Choice choice) {
    this.choice = choice;
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    Attempt attempt = args.getCallOptions().getOption(Attempt.KEY);
    Candidate candidate = choice.next(attempt == null ? List.of() : attempt.triedBefore());
    if (candidate == null) {
      // The last connection is just gone: the next picker knows what becomes of the call.
      return PickResult.withNoResult();
    }
    if (attempt != null) {
      attempt.sentTo(candidate);
    }
    return candidate.result();
  }
}
