package spyglass.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Guesses what somebody meant to type. */
public final class Spelling {

  /** Two letters that changed places are two; three wrong ones are another word. */
  private static final int MOST_MISTAKES = 2;

  private Spelling() {}

  /** The most similar of the known words, if it is similar at all. */
  public static Optional<String> nearest(String typed, Stream<String> known) {
    return known
        .filter(word -> mistakes(typed, word) <= MOST_MISTAKES)
        .min(Comparator.comparingInt(word -> mistakes(typed, word)));
  }

  /**
   * How many letters must be added, left out or replaced to make one word of the other: Levenshtein's
   * distance, one row of his table at a time.
   */
  private static int mistakes(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
