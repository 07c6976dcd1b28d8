package macroscope.accuracy;

/** The first samples of a data set. */
record FirstSamples(Dataset all, int size) implements Dataset {

  FirstSamples {
    if (size < 1 || size > all.size()) {
      throw new IllegalArgumentException(
          "samples of " + all.name() + " must be 1.." + all.size() + ": " + size);
    }
  }

  @Override
  public String name() {
    return all.name() + "[0:" + size + "]";
  }

  @Override
  public int sampleSize() {
    return all.sampleSize();
  }

  @Override
  public int targets() {
    return all.targets();
  }

  @Override
  public void input(int sample, double[] out, int at) {
    all.input(sample, out, at);
  }

  @Override
  public int target(int sample, int position) {
    return all.target(sample, position);
  }

  @Override
  public int largestTarget() {
    return all.largestTarget();
  }

  @Override
  public String digest() {
    return Digest.of(all.digest() + " first " + size);
  }
}
