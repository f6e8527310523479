package spyglass.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.files.Ranges.Range;

class RangesTest {

  private static Ranges of(String field) {
    return Ranges.parse(List.of(field), 1000);
  }

  private static String parts(String field) {
    List<Range> list = assertInstanceOf(Ranges.Parts.class, of(field)).list();
    return String.join(" ", list.stream().map(r -> r.first() + "-" + r.last()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-0               | 0-0",
        "BYTES=5-                | 5-999",
        "bytes=-5                | 995-999",
        "bytes=-5000             | 0-999",
        "bytes=990-99999999999999999999999 | 990-999",
        "bytes=007-8             | 7-8",
        "bytes= 0-1 ,, 500-501,  | 0-1 500-501",
        "bytes=500-501,0-1       | 500-501 0-1",
        "bytes=2000-,0-1         | 0-1",
      })
  void aRangeIsWhatIsThereOfIt(String field, String parts) {
    assertEquals(parts, parts(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-9,5-20          | 0-20",
        "bytes=0-9,10-20         | 0-20",
        "bytes=0-9,50-60         | 0-60",
        "bytes=0-9,200-300,120-150,20-30 | 0-30 120-300",
        "bytes=0-0,900-900,1-899 | 0-900",
        "bytes=0-,0-,0-,0-       | 0-999",
      })
  void noByteIsSentTwice(String field, String parts) {
    assertEquals(parts, parts(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-1",
        "bytes=+1-2",
        "bytes=0-1,x",
        "bytes 0-1",
        "lines=0-1",
        "bytes=0-1-2",
        "bytes=1",
        "bytes=0 - 1",
        "bytes=0-0,100-100,200-200,300-300,400-400,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0"
      })
  void whatIsNotUnderstoodOrTooMuchMeansTheWholeFile(String field) {
    assertEquals(new Ranges.Whole(), of(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1000-", "bytes=1000-2000,5000-", "bytes=-0", "bytes=99999999999999999999-"})
  void whatIsBeyondTheFileCannotBeSatisfied(String field) {
    assertEquals(new Ranges.Unsatisfiable(), of(field));
  }

  @Test
  void twoFieldsAndAnEmptyFileMeanTheWholeFile() {
    assertEquals(new Ranges.Whole(), Ranges.parse(List.of("bytes=0-1", "bytes=3-4"), 1000));
    assertEquals(new Ranges.Whole(), Ranges.parse(List.of("bytes=0-1"), 0));
  }
}
