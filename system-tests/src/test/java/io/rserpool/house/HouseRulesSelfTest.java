package io.rserpool.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shows that every house rule can fail, on code that breaks it, and that it lets similar code
/// pass. The code is text and compiled here: the real compiler settings would reject most of it.
class HouseRulesSelfTest {

  /// Rule, then expressions each of which breaks it.
  private static final Map<String, List<String>> BREAKS =
      Map.ofEntries(
          Map.entry(
              "wall clock",
              List.of(
                  "System.currentTimeMillis()",
                  "System.nanoTime()",
                  "java.time.Instant.now()",
                  "java.time.Clock.systemUTC()",
                  "java.time.Clock.systemDefaultZone()",
                  "java.time.LocalDate.now()",
                  "java.time.LocalDateTime.now()",
                  "java.time.ZonedDateTime.now()",
                  "java.time.InstantSource.system()",
                  "new Date()",
                  "Calendar.getInstance()",
                  "(java.util.function.LongSupplier) System::nanoTime",
                  "(Supplier<Object>) () -> java.time.Instant.now()")),
          Map.entry(
              "randomness of its own",
              List.of(
                  "java.util.concurrent.ThreadLocalRandom.current()",
                  "Math.random()",
                  "StrictMath.random()",
                  "UUID.randomUUID()",
                  "new Random()",
                  "new SplittableRandom()",
                  "new java.security.SecureRandom()",
                  "java.util.random.RandomGenerator.getDefault()",
                  "java.util.random.RandomGenerator.of(\"L64X128MixRandom\")",
                  "java.util.random.RandomGeneratorFactory.of(\"L64X128MixRandom\").create()",
                  "take(() -> Collections.shuffle(new ArrayList<String>()))")),
          Map.entry(
              "threads",
              List.of(
                  "new Thread()",
                  "Thread.ofVirtual()",
                  "Thread.currentThread()",
                  "new ThreadLocal<String>()",
                  "java.util.concurrent.Executors.newCachedThreadPool()",
                  "java.util.concurrent.CompletableFuture.supplyAsync(() -> 1)",
                  "new Timer()",
                  "new java.util.concurrent.ConcurrentHashMap<String, String>()",
                  "new java.util.concurrent.atomic.AtomicLong()",
                  "new java.util.concurrent.locks.ReentrantLock()",
                  "new java.lang.ref.WeakReference<>(\"\")",
                  "(java.util.concurrent.Executor) null")),
          Map.entry(
              "sockets",
              List.of(
                  "new java.net.Socket()",
                  "new java.net.DatagramSocket()",
                  "new java.net.ServerSocket()",
                  "java.nio.channels.SocketChannel.open()",
                  "java.net.InetAddress.getByName(\"localhost\")",
                  "new java.net.InetSocketAddress(\"localhost\", 1)")),
          Map.entry(
              "files",
              List.of(
                  "new java.io.File(\"x\")",
                  "new java.io.FileInputStream(\"x\")",
                  "new java.io.RandomAccessFile(\"x\", \"r\")",
                  "java.nio.file.Path.of(\"x\")",
                  "java.nio.file.Files.newInputStream(null)")),
          Map.entry(
              "environment",
              List.of(
                  "System.getProperty(\"x\")",
                  "System.getenv(\"x\")",
                  "Integer.getInteger(\"x\")",
                  "Locale.getDefault()",
                  "Runtime.getRuntime()",
                  "java.time.ZoneId.systemDefault()")),
          Map.entry(
              "logging",
              List.of(
                  "org.slf4j.LoggerFactory.getLogger(\"x\")",
                  "java.util.logging.Logger.getLogger(\"x\")",
                  "System.getLogger(\"x\")",
                  "System.out",
                  "System.err",
                  "take(() -> new IllegalStateException().printStackTrace())")),
          Map.entry(
              "parallel stream",
              List.of(
                  "new ArrayList<String>().parallelStream()",
                  "List.of(1).stream().parallel()",
                  "take(() -> Arrays.parallelSort(new int[1]))")),
          Map.entry("identity hash", List.of("System.identityHashCode(\"\")")),
          Map.entry(
              "unordered collection",
              List.of(
                  "Set.of(1)",
                  "Map.of(1, 2)",
                  "Map.ofEntries()",
                  "Set.copyOf(List.of(1))",
                  "Map.copyOf(new TreeMap<String, String>())",
                  "List.of(1).stream().collect(Collectors.toSet())",
                  "List.of(1).stream().collect(Collectors.toMap(i -> i, i -> i))",
                  "List.of(1).stream().collect(Collectors.groupingBy(i -> i))")),
          Map.entry(
              "unordered iteration",
              List.of(
                  "new HashMap<String, String>().keySet()",
                  "new HashMap<String, String>().values()",
                  "new HashMap<String, String>().entrySet()",
                  "new HashSet<String>().iterator()",
                  "new HashSet<String>().toArray()",
                  "new IdentityHashMap<String, String>().keySet()",
                  "take(() -> new HashMap<String, String>().forEach((k, v) -> {}))",
                  "take(() -> { for (String s : new HashSet<String>()) { s.length(); } })")));

  /// Expressions that break no rule of the core.
  private static final List<String> FINE =
      List.of(
          "new Random(7)",
          "new SplittableRandom(7)",
          "java.util.random.RandomGeneratorFactory.of(\"L64X128MixRandom\").create(7)",
          "java.time.Duration.ofSeconds(1)",
          "java.util.concurrent.TimeUnit.SECONDS.toNanos(1)",
          "new Date(5)",
          "List.of(1, 2)",
          "new LinkedHashMap<String, String>().keySet()",
          "new TreeMap<String, String>().values()",
          "new LinkedHashSet<String>().stream().toList()",
          "new HashMap<String, String>().get(\"x\")",
          "java.net.InetAddress.getByAddress(new byte[4])",
          "List.of(1).stream().collect(Collectors.groupingBy(i -> i, TreeMap::new, toList()))",
          "String.valueOf(\"System.nanoTime() java/lang/Thread\")");

  @TempDir Path folder;

  @Test
  void everyBanOfTheCoreCanFail() {
    assertThat(BREAKS.keySet())
        .containsExactlyInAnyOrderElementsOf(Bans.CORE.stream().map(Ban::name).toList());
    List<String> expressions = BREAKS.values().stream().flatMap(List::stream).toList();
    List<ClassModel> types = compileExpressions(expressions);
    assertThat(types).hasSameSizeAs(expressions);
    BREAKS.forEach((rule, breaking) ->
        assertThat(breaking)
            .allSatisfy(expression ->
                assertThat(ClassFiles.banned(types.get(expressions.indexOf(expression)), Bans.CORE))
                    .anyMatch(sentence -> sentence.contains("(" + rule + ")"))));
  }

  @Test
  void bansOfTheCoreLetGoodCodePass() {
    assertThat(compileExpressions(FINE))
        .flatMap(type -> ClassFiles.banned(type, Bans.CORE))
        .isEmpty();
  }

  @Test
  void locksAreFound() {
    assertBreaks(ClassFiles::locks, "volatile int x;");
    assertBreaks(ClassFiles::locks, "synchronized void f() {}");
    assertBreaks(ClassFiles::locks, "void f() { synchronized (this) { hashCode(); } }");
    assertPasses(ClassFiles::locks, "int x; void f() { x++; }");
  }

  @Test
  void disguisedHashTablesAreFound() {
    assertBreaks(ClassFiles::disguisedHashTables, "Map<String, String> m = new HashMap<>();");
    assertBreaks(ClassFiles::disguisedHashTables, "Object f() { return new HashSet<String>(); }");
    assertBreaks(
        ClassFiles::disguisedHashTables,
        """
        int f(String k) {
          Map<String, String> m = new HashMap<>();
          m.put(k, k);
          return m.size();
        }
        """);
    assertBreaks(ClassFiles::disguisedHashTables, "void f(Set<String> s) { f(new HashSet<>()); }");
    assertPasses(
        ClassFiles::disguisedHashTables,
        """
        final HashMap<String, String> m = new HashMap<>();
        static HashSet<String> s = new HashSet<>(4);
        Map<String, String> ordered = new LinkedHashMap<>();
        """);
    assertPasses(
        ClassFiles::disguisedHashTables,
        """
        int f() {
          for (int i = 0; i < 3; i++) {
            HashSet<String> s = new HashSet<>();
            s.add("");
          }
          String x = "";
          return x.length();
        }
        """);
  }

  @Test
  void genericExceptionsAreFound() {
    assertBreaks(ClassFiles::genericExceptions, "void f() { throw new RuntimeException(); }");
    assertBreaks(
        ClassFiles::genericExceptions, "void f() throws Exception { throw new Exception(); }");
    assertBreaks(ClassFiles::genericExceptions, "Supplier<Error> f() { return Error::new; }");
    assertPasses(
        ClassFiles::genericExceptions,
        "static final class Fault extends RuntimeException {} void f() { throw new Fault(); }");
  }

  @Test
  void sleepingAndDisabledTestsAreFound() {
    Function<ClassModel, List<String>> rule = type -> ClassFiles.banned(type, Bans.TESTS);
    assertBreaks(rule, "void f() throws Exception { Thread.sleep(1); }");
    assertBreaks(
        rule, "void f() throws Exception { java.util.concurrent.TimeUnit.DAYS.sleep(1); }");
    assertBreaks(rule, "@org.junit.jupiter.api.Disabled void f() {}");
    assertBreaks(rule, "@org.junit.jupiter.api.Disabled static class G {}");
    assertPasses(rule, "@org.junit.jupiter.api.Test void f() { Thread.yield(); }");
  }

  @Test
  void packageCyclesAreFound() {
    String a = "package x.a; public class A { x.b.B b; }";
    String plain = "package x.b; public class B {}";
    String circular = "package x.b; public class B { x.a.A a; }";
    assertThat(PackageCycles.below(compile(Map.of("x/a/A.java", a, "x/b/B.java", plain))))
        .isEmpty();
    assertThat(PackageCycles.below(compile(Map.of("x/a/A.java", a, "x/b/B.java", circular))))
        .isNotEmpty();
  }

  @Test
  void undescribedPackagesAreFound() {
    SourceTree tree = new SourceTree(folder);
    String info = "m/src/main/java/x/y/package-info.java";
    write(folder, "pom.xml", "<module>m</module>");
    write(folder, "m/src/main/java/x/y/A.java", "package x.y; class A {}");
    assertThat(tree.modules()).containsExactly("m");
    assertThat(tree.undescribedPackages("m")).containsExactly("x.y in m has no package-info.java");
    write(folder, info, "/// One.\n/// Two.\npackage x.y;\n");
    assertThat(tree.undescribedPackages("m")).containsExactly("x.y in m is not @NullMarked");
    write(folder, info, "@NullMarked\npackage x.y;\n");
    assertThat(tree.undescribedPackages("m")).hasSize(1);
    write(folder, info, "/// One.\n/// Two.\n@NullMarked\npackage x.y;\n");
    assertThat(tree.undescribedPackages("m")).isEmpty();
  }

  private void assertBreaks(Function<ClassModel, List<String>> rule, String members) {
    assertThat(check(rule, members)).as(members).isNotEmpty();
  }

  private void assertPasses(Function<ClassModel, List<String>> rule, String members) {
    assertThat(check(rule, members)).as(members).isEmpty();
  }

  private List<String> check(Function<ClassModel, List<String>> rule, String members) {
    return compileMembers(List.of(members)).stream()
        .flatMap(type -> rule.apply(type).stream())
        .toList();
  }

  private List<ClassModel> compileExpressions(List<String> expressions) {
    return compileMembers(
        expressions.stream()
            .map(expression -> "Object f() throws Exception { return " + expression + "; }")
            .map(method -> method + " static Object take(Runnable r) { return r; }")
            .toList());
  }

  /// Compiles a class for each text, and gives them, and their nested classes, in that order.
  private List<ClassModel> compileMembers(List<String> texts) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String text : texts) {
      String name = "F%03d".formatted(sources.size());
      sources.put(
          name + ".java",
          """
          import java.util.*;
          import java.util.function.*;
          import java.util.stream.*;
          import static java.util.stream.Collectors.toList;

          class %s {
            %s
          }
          """
              .formatted(name, text));
    }
    return ClassFiles.below(compile(sources));
  }

  /// Compiles sources, by file name, into a new folder.
  private Path compile(Map<String, String> sources) {
    Path target = newFolder();
    sources.forEach((name, text) -> write(target, name, text));
    List<String> arguments =
        new ArrayList<>(List.of("-nowarn", "-g", "-proc:none", "-d", "" + target));
    sources.keySet().forEach(name -> arguments.add(target.resolve(name).toString()));
    var messages = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, messages, messages, arguments.toArray(String[]::new));
    assertThat(status).as(messages::toString).isZero();
    return target;
  }

  private Path newFolder() {
    try {
      return Files.createTempDirectory(folder, "house");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
