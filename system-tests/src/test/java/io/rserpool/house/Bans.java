package io.rserpool.house;

import java.util.List;

/// What must not be called, and where. A list a person can read through and argue with.
final class Bans {

  private static final String[] HASHED = {
    "java/util/HashMap", "java/util/HashSet", "java/util/IdentityHashMap", "java/util/Hashtable"
  };

  /// What would make the deterministic modules depend on anything but (state, now, input).
  static final List<Ban> CORE =
      List.of(
          new Ban(
              "wall clock",
              "take the time as an argument",
              r ->
                  r.is("java/lang/System", "currentTimeMillis", "nanoTime")
                      || r.is("java/time/*", "now")
                      || r.is("java/time/Clock", "tick", "tickMillis", "tickMinutes", "tickSeconds")
                      || r.is("java/time/Clock", "systemUTC", "systemDefaultZone", "system")
                      || r.is("java/time/InstantSource", "system")
                      || r.isExactly("java/util/Date", "<init>", "()")
                      || r.is("java/util/Calendar", "getInstance")
                      || r.isExactly("java/util/GregorianCalendar", "<init>", "()")),
          new Ban(
              "randomness of its own",
              "take a RandomGenerator, or seed one",
              r ->
                  r.isOf("java/util/concurrent/ThreadLocalRandom", "java/security/SecureRandom")
                      || r.is("java/lang/Math", "random")
                      || r.is("java/lang/StrictMath", "random")
                      || r.is("java/util/UUID", "randomUUID")
                      || r.isExactly("java/util/Random", "<init>", "()")
                      || r.isExactly("java/util/SplittableRandom", "<init>", "()")
                      || r.is("java/util/random/RandomGenerator", "getDefault", "of")
                      || r.is("java/util/random/RandomGenerator$*", "of")
                      || r.is("java/util/random/RandomGeneratorFactory", "getDefault")
                      || r.isExactly("java/util/random/RandomGeneratorFactory", "create", "()")
                      || r.isExactly("java/util/Collections", "shuffle", "(Ljava/util/List;)")),
          new Ban(
              "threads",
              "let the host own the thread",
              r ->
                  r.isOf("java/lang/Thread", "java/lang/Thread$*", "java/lang/ThreadGroup")
                      || r.isOf("java/lang/ThreadLocal", "java/lang/InheritableThreadLocal")
                      || r.isOf("java/lang/ScopedValue*", "java/lang/ref/")
                      || r.isOf("java/util/Timer", "java/util/TimerTask")
                      || (r.isOf("java/util/concurrent/")
                          && !r.isOf("java/util/concurrent/TimeUnit"))
                      || r.is("java/util/concurrent/TimeUnit", "sleep", "timedJoin", "timedWait")
                      || r.is("java/lang/Object", "wait", "notify", "notifyAll")
                      || r.is("java/util/Collections", "synchronizedList", "synchronizedMap")),
          new Ban(
              "sockets",
              "emit an effect that sends",
              r ->
                  (r.isOf("java/net/", "java/nio/channels/", "javax/net/", "com/sun/nio/sctp/")
                          && !r.isOf("java/net/InetAddress", "java/net/Inet4Address")
                          && !r.isOf("java/net/Inet6Address", "java/net/InetSocketAddress")
                          && !r.isOf("java/net/UnknownHostException", "java/net/URI"))
                      || r.is("java/net/InetAddress", "getByName", "getAllByName", "getLocalHost")
                      || r.is("java/net/InetAddress", "getHostName", "getCanonicalHostName")
                      || r.is("java/net/InetAddress", "isReachable")
                      || r.isExactly(
                          "java/net/InetSocketAddress", "<init>", "(Ljava/lang/String;I)")
                      || r.is("java/net/InetSocketAddress", "getHostName")),
          new Ban(
              "files",
              "let the host read and write",
              r -> r.isOf("java/io/File*", "java/io/RandomAccessFile", "java/nio/file/")),
          new Ban(
              "environment",
              "take a configuration record",
              r ->
                  r.is("java/lang/System", "getProperty", "getProperties", "getenv", "setProperty")
                      || r.is("java/lang/System", "lineSeparator", "console", "exit", "gc")
                      || r.is("java/lang/Integer", "getInteger")
                      || r.is("java/lang/Long", "getLong")
                      || r.is("java/lang/Boolean", "getBoolean")
                      || r.is("java/util/Locale", "getDefault")
                      || r.is("java/util/TimeZone", "getDefault")
                      || r.is("java/time/ZoneId", "systemDefault")
                      || r.is("java/nio/charset/Charset", "defaultCharset")
                      || r.isOf("java/lang/Runtime", "java/lang/Process*", "java/util/Scanner")),
          new Ban(
              "logging",
              "emit an event",
              r ->
                  r.isOf("org/slf4j/", "java/util/logging/", "java/lang/System$Logger*")
                      || r.is("java/lang/System", "out", "err", "in", "getLogger")
                      || r.is("java/*", "printStackTrace")
                      || r.is("java/lang/Thread", "dumpStack")),
          new Ban(
              "parallel stream",
              "use a sequential one, or a loop",
              r ->
                  r.is("java/*", "parallelStream", "parallel")
                      || r.is("java/util/Arrays", "parallelSort", "parallelPrefix")
                      || r.is("java/util/Arrays", "parallelSetAll")),
          new Ban(
              "identity hash",
              "compare by content, or number things in order",
              r -> r.is("java/lang/System", "identityHashCode")),
          new Ban(
              "unordered collection",
              "use a list, LinkedHashMap, LinkedHashSet, TreeMap or EnumMap",
              r ->
                  r.is("java/util/Set", "of", "copyOf")
                      || r.is("java/util/Map", "of", "ofEntries", "copyOf")
                      || r.is("java/util/stream/Collectors", "toSet", "toUnmodifiableSet")
                      || r.is("java/util/stream/Collectors", "toUnmodifiableMap", "toConcurrentMap")
                      || r.is("java/util/stream/Collectors", "groupingByConcurrent")
                      || (r.is("java/util/stream/Collectors", "toMap", "groupingBy")
                          && !r.descriptor().contains("Ljava/util/function/Supplier;"))),
          new Ban(
              "unordered iteration",
              "look things up in a hash table, but iterate over something that has an order",
              r ->
                  r.isOf(HASHED)
                      && List.of(
                              "keySet",
                              "values",
                              "entrySet",
                              "keys",
                              "elements",
                              "forEach",
                              "iterator",
                              "spliterator",
                              "stream",
                              "toArray",
                              "toString",
                              "replaceAll")
                          .contains(r.member())));

  /// What a test must not do.
  static final List<Ban> TESTS =
      List.of(
          new Ban(
              "sleeping test",
              "wait for a condition with a deadline",
              r ->
                  r.is("java/lang/Thread", "sleep")
                      || r.is("java/util/concurrent/TimeUnit", "sleep")),
          new Ban(
              "disabled test",
              "mend it or remove it",
              r -> r.isOf("org/junit/jupiter/api/Disabled", "org/junit/Ignore")));

  private Bans() {}

  static boolean isHashed(String type) {
    return List.of(HASHED).contains(type);
  }
}
