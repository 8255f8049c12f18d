package io.rserpool.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text in columns that are as wide as they have to be.
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /// A table with these headings.
  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /// Adds a row with as many cells as there are headings.
  public void add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "a row of this table has " + rows.getFirst().size() + " cells, not " + cells.length);
    }
    rows.add(List.of(cells));
  }

  /// Prints headings and rows, each indented.
  public void print(PrintWriter out, String indent) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      String line =
          IntStream.range(0, widths.length)
              .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
              .collect(Collectors.joining(GAP));
      out.println(indent + line.stripTrailing());
    }
  }
}
