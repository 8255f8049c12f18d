package io.rserpool.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text that a reader follows at the keyboard: files to save and commands to type, with what is then
/// to be seen. Each block of code says in a comment above it which file it is, or in which terminal it
/// is typed; one that says neither is an error of the text.
///
/// @param steps in the order in which a reader comes to them
record Guide(List<Step> steps) {

  /// Something to do or to see.
  sealed interface Step {

    /// A file to save.
    record Save(String name, String content) implements Step {}

    /// A command to type; one that runs in that terminal has to end first.
    record Type(int terminal, String command) implements Step {}

    /// A line to be seen in that terminal, after those before it.
    record See(int terminal, String line) implements Step {}
  }

  private static final Pattern MARK = Pattern.compile("<!-- (file|terminal): (\\S+) -->");
  private static final String FENCE = "```";

  /// Reads a text.
  static Guide read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (line.startsWith(FENCE + "java") || line.startsWith(FENCE + "console")) {
        Matcher mark = MARK.matcher(at == 0 ? "" : lines.get(at - 1));
        if (!mark.matches()) {
          throw new AssertionError(
              file + ":" + (at + 1) + ": no comment above it says which file or terminal this is");
        }
        int end = lines.subList(at + 1, lines.size()).indexOf(FENCE) + at + 1;
        add(steps, mark.toMatchResult(), lines.subList(at + 1, end));
        at = end;
      }
    }
    return new Guide(List.copyOf(steps));
  }

  private static void add(List<Step> steps, MatchResult mark, List<String> block) {
    if (mark.group(1).equals("file")) {
      steps.add(new Step.Save(mark.group(2), String.join("\n", block) + "\n"));
      return;
    }
    int terminal = Integer.parseInt(mark.group(2));
    for (String line : block) {
      if (line.startsWith("$ ")) {
        steps.add(new Step.Type(terminal, line.substring(2)));
      } else if (!line.isBlank() && !line.equals("…")) {
        steps.add(new Step.See(terminal, line));
      }
    }
  }
}
