package io.rserpool.bench.session;

import io.rserpool.protocol.ElementId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What is told of a stampede.
final class HerdReport {

  private static final int TOLD_MAX = 3;

  private final List<HerdMember> members;
  private final List<HerdMember> hit = new ArrayList<>();
  private ElementId victim = ElementId.NONE;

  HerdReport(List<HerdMember> members) {
    this.members = members;
  }

  /// Just before it: whoever is on this server.
  void hit(ElementId newVictim) {
    victim = newVictim;
    members.stream().filter(member -> member.server().equals(victim)).forEach(hit::add);
    long unopened = members.stream().filter(member -> member.answers() == 0).count();
    int vain = members.stream().mapToInt(HerdMember::vainOpenings).sum();
    if (unopened > 0 || vain > 0) {
      System.out.printf("  opening failed %d times, for good %d times%n", vain, unopened);
      tellEnds(members);
    }
  }

  /// How soon they were elsewhere.
  void times(long beginNs) {
    List<HerdMember> moved =
        hit.stream().filter(member -> !member.server().equals(victim)).toList();
    print("  noticed ", moved.stream().map(one -> one.noticedNs() - beginNs).toList());
    print("  answered", moved.stream().map(one -> one.answeredNs() - beginNs).toList());
    TreeMap<String, Integer> sources = new TreeMap<>();
    TreeMap<String, Integer> servers = new TreeMap<>();
    moved.forEach(member -> sources.merge(member.source(), 1, Integer::sum));
    moved.forEach(member -> servers.merge(member.server().toString(), 1, Integer::sum));
    System.out.printf("  noticed by %s; went to %s%n", sources, servers);
    System.out.printf(
        "  lost: %d; moved twice or more: %d; tried in vain: %d; moved without need: %d%n",
        hit.size() - moved.size(),
        hit.stream().filter(member -> member.moves() > 1).count(),
        hit.stream().mapToInt(HerdMember::vainAttempts).sum(),
        members.stream().filter(member -> member.moves() > 0).count()
            - hit.stream().filter(member -> member.moves() > 0).count());
    tellEnds(hit);
  }

  private static void print(String what, List<Long> timesNs) {
    List<Long> sorted = timesNs.stream().sorted().toList();
    if (sorted.isEmpty()) {
      System.out.println(what + " by nobody");
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s  first %.3f  50 %% %.3f  99 %% %.3f  last %.3f s (%d)%n",
        what,
        sorted.getFirst() / 1e9,
        sorted.get(sorted.size() / 2) / 1e9,
        sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / 1e9,
        sorted.getLast() / 1e9,
        sorted.size());
  }

  private static void tellEnds(List<HerdMember> whose) {
    whose.stream()
        .map(HerdMember::end)
        .filter(end -> !end.isEmpty())
        .distinct()
        .limit(TOLD_MAX)
        .forEach(end -> System.out.println("    ended: " + end));
  }

  /// What the others saw of it.
  void stage(Stage stage, Stage.Server dead) {
    for (Stage.Server server : stage.servers()) {
      if (!server.equals(dead)) {
        Map<String, Long> users = Words.read(server.talker().ask("tell"));
        System.out.printf(
            "  server %s: %d new users, at most %d in 10 ms, %d now%n",
            server.id(), users.get("total"), users.get("peak"), users.get("open"));
      }
    }
    Map<String, Long> registrar = stage.registrar("tell");
    System.out.print("  registrar:");
    for (String what : List.of("resolutions", "reports", "registrations")) {
      System.out.printf(
          " %d %s, at most %d in 10 ms;",
          registrar.get(what + ".total"), what, registrar.get(what + ".peak"));
    }
    System.out.printf(" %d servers removed%n", registrar.get("removals"));
  }
}
