package examples.dmq.channel;

import examples.dmq.store.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The queues that an earlier node has left. What is none of them stays where it is, and is told. */
final class Found {

  private final Path root;
  private final Channels.Told told;

  Found(Path root, Channels.Told told) {
    this.root = root;
    this.told = told;
  }

  List<Name> names() throws IOException {
    List<Name> names = new ArrayList<>();
    for (String folder : Leftovers.queues(root, told::damage)) {
      try {
        names.add(Name.parse(folder));
      } catch (RefusedException e) {
        told.damage(
            "the folder "
                + root.resolve(folder)
                + " is no queue's, and is left alone: move it away");
      }
    }
    names.removeIf(name -> isBeside(names, name));
    return names;
  }

  /** What a channel has before it has subscribers is not there beside theirs. */
  private boolean isBeside(List<Name> names, Name name) {
    boolean is =
        name.subscriber().isEmpty()
            && names.stream()
                .anyMatch(other -> !other.equals(name) && other.channel().equals(name.channel()));
    if (is) {
      told.damage(
          root.resolve(name.text())
              + " is left alone, for the channel has subscribers: move it away");
    }
    return is;
  }
}
