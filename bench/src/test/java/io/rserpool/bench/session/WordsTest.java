package io.rserpool.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    TreeMap<String, Long> figures = new TreeMap<>();
    figures.put("users.total", 12L);
    figures.put("late", -3L);
    assertThat(Words.read(Words.write(figures))).isEqualTo(figures);
  }

  @Test
  void wordsWithoutFiguresAreNotRead() {
    assertThat(Words.read("serves a=1 =2")).containsOnlyKeys("a");
  }

  @Test
  void anEmptyLineHasNoFigures() {
    assertThat(Words.read("")).isEmpty();
  }
}
