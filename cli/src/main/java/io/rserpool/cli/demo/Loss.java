package io.rserpool.cli.demo;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A registrar that was killed. How the others came over it stands in their logs.
///
/// @param registrar who was killed
/// @param atNs when, by [System#nanoTime]
/// @param atTime the same by the clock that the logs use
/// @param orphans the living servers whose home it was
/// @param others the registrars that are left
/// @param adoptions what the client was told of the orphans since
record Loss(
    RegistrarChild registrar,
    long atNs,
    LocalTime atTime,
    List<Server> orphans,
    List<RegistrarChild> others,
    Map<Server, Adoption> adoptions) {

  /// An orphan has a new home.
  ///
  /// @param atNs when the client was told
  record Adoption(long atNs, ServerId home) {}

  /// Something that a registrar wrote.
  ///
  /// @param afterMs since the loss
  private record News(long afterMs, RegistrarChild by, String event) {}

  /// `TIME LEVEL LOGGER: node=ID event=KIND peer=ID TEXT`.
  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) .* event=(Dead|TakeoverWon) peer=(0x[0-9a-f]{8}) ");

  private static final String DEAD = "Dead";
  private static final String TAKEN_OVER = "TakeoverWon";

  static Loss now(RegistrarChild registrar, List<Server> orphans, List<RegistrarChild> others) {
    return new Loss(
        registrar,
        System.nanoTime(),
        LocalTime.now(ZoneId.systemDefault()),
        List.copyOf(orphans),
        List.copyOf(others),
        new LinkedHashMap<>());
  }

  /// Whom it left behind.
  String homeOf() {
    if (orphans.isEmpty()) {
      return "the home of no living server";
    }
    List<String> names = orphans.stream().map(server -> "server " + server.number()).toList();
    return "the home of " + String.join(" and ", names);
  }

  /// The client was told who is at home where.
  void homes(long nowNs, Map<ElementId, ServerId> homes) {
    for (Server orphan : orphans) {
      ServerId home = homes.get(orphan.id());
      if (home != null && others.stream().anyMatch(other -> other.id().equals(home))) {
        adoptions.putIfAbsent(orphan, new Adoption(nowNs, home));
      }
    }
  }

  /// Whether somebody has taken over.
  boolean isMended() {
    return news().stream().anyMatch(news -> news.event().equals(TAKEN_OVER));
  }

  /// What the others have written of it so far, in the order of time.
  private List<News> news() {
    List<News> all = new ArrayList<>();
    for (RegistrarChild other : others) {
      LINE.matcher(other.child().printed())
          .results()
          .filter(line -> line.group(3).equals(registrar.id().toString()))
          .forEach(line -> all.add(news(other, line)));
    }
    all.sort((one, other) -> Long.compare(one.afterMs(), other.afterMs()));
    return all;
  }

  /// Who noticed first, who took over, and where the orphans are now, in the order of time.
  List<String> toLines() {
    SortedMap<Long, List<String>> later = new TreeMap<>();
    List<News> all = news();
    all.stream()
        .filter(news -> news.event().equals(DEAD))
        .findFirst()
        .ifPresent(news -> add(later, news.afterMs(), "counts as dead for " + news.by()));
    all.stream()
        .filter(news -> news.event().equals(TAKEN_OVER))
        .forEach(news -> add(later, news.afterMs(), "taken over by " + news.by()));
    adoptions.forEach((orphan, adoption) ->
        add(
            later,
            (adoption.atNs() - atNs) / 1_000_000,
            "server " + orphan.number() + " is at home with " + name(adoption.home())));
    List<String> lines = new ArrayList<>();
    later.forEach((afterMs, whats) ->
        whats.forEach(what -> lines.add("%13s  %s".formatted("+" + afterMs + " ms", what))));
    if (!isMended()) {
      lines.add(" ".repeat(15) + "nobody has taken it over");
    }
    return lines;
  }

  private News news(RegistrarChild by, MatchResult line) {
    Duration after = Duration.between(atTime, LocalTime.parse(line.group(1)));
    // A log line has the time of day only.
    Duration sinceLoss = after.toHours() < -12 ? after.plusDays(1) : after;
    return new News(sinceLoss.toMillis(), by, line.group(2));
  }

  private String name(ServerId id) {
    return others.stream()
        .filter(other -> other.id().equals(id))
        .findFirst()
        .map(RegistrarChild::toString)
        .orElse("registrar " + id);
  }

  private static void add(SortedMap<Long, List<String>> later, long afterMs, String what) {
    later.computeIfAbsent(afterMs, _ -> new ArrayList<>()).add(what);
  }
}
