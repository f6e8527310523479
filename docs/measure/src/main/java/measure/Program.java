package measure;

import java.io.IOException;

/** Something to measure. */
interface Program {

  /** What it is called on the command line and what its files are called. */
  String name();

  /** Measures, in turns. */
  void measure(Bench bench, Results results) throws IOException;
}
