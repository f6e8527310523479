package spyglass.torture;

import spyglass.e2e.Proc;

/** What a process costs that does nothing. */
record Vitals(long descriptors, long threads, long privateDirtyKilobytes) {

  static Vitals of(long pid) {
    return new Vitals(Proc.descriptors(pid), Proc.threads(pid), Proc.privateDirtyKilobytes(pid));
  }

  @Override
  public String toString() {
    return descriptors
        + " descriptors, "
        + threads
        + " threads, "
        + privateDirtyKilobytes
        + " kB private dirty";
  }
}
