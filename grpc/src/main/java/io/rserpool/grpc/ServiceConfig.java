package io.rserpool.grpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the resolver tells a channel besides addresses, in the form that gRPC reads from JSON: which
/// load balancer, and what gRPC may retry.
final class ServiceConfig {

  private static final String BALANCERS = "loadBalancingConfig";

  /// Reaches the other elements of a pool of three, and one that was just started. Five is gRPC's own
  /// limit.
  private static final Map<String, ?> RETRY_POLICY =
      Map.of(
          "maxAttempts",
          5.0,
          "initialBackoff",
          "0.02s",
          "maxBackoff",
          "1s",
          "backoffMultiplier",
          3.0,
          "retryableStatusCodes",
          List.of("UNAVAILABLE"));

  private ServiceConfig() {}

  /// The load balancer of this module, and a retry policy for what the caller has named: what a dead
  /// server has done nobody knows, so gRPC must not retry what nobody has called repeatable.
  static Map<String, ?> of(List<String> retried) {
    Map<String, ?> balancer = withBalancer(Map.of());
    if (retried.isEmpty()) {
      return balancer;
    }
    Map<String, Object> config = new LinkedHashMap<>(balancer);
    config.put(
        "methodConfig",
        List.of(
            Map.of(
                "name",
                retried.stream().map(ServiceConfig::name).toList(),
                "retryPolicy",
                RETRY_POLICY)));
    return config;
  }

  /// The given configuration, with the load balancer of this module unless it names one.
  static Map<String, ?> withBalancer(Map<String, ?> config) {
    Map<String, Object> whole = new LinkedHashMap<>(config);
    whole.putIfAbsent(
        BALANCERS, List.of(Map.of(RserpoolLoadBalancerProvider.POLICY_NAME, Map.of())));
    return whole;
  }

  private static Map<String, String> name(String retried) {
    if (retried.equals("*")) {
      return Map.of();
    }
    int slash = retried.indexOf('/');
    return slash < 0
        ? Map.of("service", retried)
        : Map.of("service", retried.substring(0, slash), "method", retried.substring(slash + 1));
  }
}
