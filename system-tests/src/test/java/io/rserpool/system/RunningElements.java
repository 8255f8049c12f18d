package io.rserpool.system;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Elements that are in their pool, all in one process.
///
/// @param ids their identifiers
record RunningElements(CliProcess process, List<String> ids) {

  static RunningElements await(CliProcess process) {
    String ids = process.out().await("^all registered: \\[(.*)]$", CliProcess.LIMIT).group(1);
    return new RunningElements(process, List.of(ids.split(", ")));
  }

  /// The identifiers of several of them.
  static SortedSet<String> idsOf(Collection<RunningElements> all) {
    TreeSet<String> ids = new TreeSet<>();
    all.forEach(elements -> ids.addAll(elements.ids()));
    return ids;
  }
}
