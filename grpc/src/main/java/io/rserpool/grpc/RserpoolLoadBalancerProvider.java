package io.rserpool.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import java.util.Map;

/// The load balancing policy `rserpool`: each call goes to the element that the pool's own policy
/// chooses (RFC 5356), among those that are connected. gRPC finds it by itself when this module is
/// there; targets `rserpool:///…` ask for it.
///
/// Its one setting, `{"rserpool": {"connectionsMax": 100}}`, says to how many elements of a larger
/// pool a channel connects.
public final class RserpoolLoadBalancerProvider extends LoadBalancerProvider {

  /// The name of the policy.
  public static final String POLICY_NAME = "rserpool";

  /// What the setting says.
  record Settings(int connectionsMax) {}

  private static final String CONNECTIONS_MAX = "connectionsMax";
  private static final int CONNECTIONS_MAX_DEFAULT = 100;
  private static final int CONNECTIONS_MAX_LIMIT = 10_000;

  static final Settings DEFAULTS = new Settings(CONNECTIONS_MAX_DEFAULT);

  /// For gRPC, which makes the only one that is needed.
  public RserpoolLoadBalancerProvider() {}

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }

  @Override
  public String getPolicyName() {
    return POLICY_NAME;
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new PoolLoadBalancer(helper);
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
    Object max = config.get(CONNECTIONS_MAX);
    if (max == null) {
      return ConfigOrError.fromConfig(DEFAULTS);
    }
    if (max instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 1
        && number.intValue() <= CONNECTIONS_MAX_LIMIT) {
      return ConfigOrError.fromConfig(new Settings(number.intValue()));
    }
    return ConfigOrError.fromError(
        Status.INVALID_ARGUMENT.withDescription(
            "%s of the policy %s is 1 to %d, but this is '%s'"
                .formatted(CONNECTIONS_MAX, POLICY_NAME, CONNECTIONS_MAX_LIMIT, max)));
  }
}
