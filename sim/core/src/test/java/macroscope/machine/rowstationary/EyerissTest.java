package macroscope.machine.rowstationary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import macroscope.config.MachineCatalogue;
import macroscope.config.RowStationaryFile;
import macroscope.machine.layer.LayerFormats;
import macroscope.workload.ConvolutionShape;
import macroscope.workload.Gemm;
import macroscope.workload.ProductLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chip of JSSC 2017; docs/machines.md has the errors. */
class EyerissTest {

  private static final RowStationaryArray EYERISS =
      RowStationaryFile.read(MachineCatalogue.path("eyeriss")).array();

  /** A row of the paper's tables. */
  record Published(
      String layer,
      ConvolutionShape shape,
      RowStationaryMapping mapping,
      String images,
      String sums,
      double milliseconds) {

    double error() {
      return EYERISS.seconds(shape, mapping) * 1e3 / milliseconds - 1;
    }

    @Override
    public String toString() {
      return layer;
    }
  }

  static Stream<Published> rows() throws IOException {
    try (InputStream in = EyerissTest.class.getResourceAsStream("/machines/eyeriss-jssc2017.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines().skip(1).map(line -> row(line.split(",", -1))).toList().stream();
    }
  }

  private static Published row(String[] cells) {
    int[] n = Stream.of(cells).skip(2).limit(14).mapToInt(Integer::parseInt).toArray();
    return new Published(
        cells[0] + " " + cells[1],
        new ConvolutionShape(n[0], n[1], n[2], n[3], n[3], n[4], n[4], n[5], n[6]),
        new RowStationaryMapping(n[7], n[8], n[9], n[10], n[11], n[12], n[13]),
        cells[16],
        cells[17],
        Double.parseDouble(cells[18]));
  }

  private static Stream<Published> alexNet() throws IOException {
    return rows().filter(row -> !row.images().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void thePublishedMappingsFitTheChip(Published row) {
    assertThat(EYERISS.holds(row.shape(), row.mapping())).isTrue();
  }

  /** Table III: kilobytes of images and of sums, to the digit. */
  @Test
  void theBufferIsAllocatedAsPublished() throws IOException {
    assertThat(alexNet())
        .hasSize(5)
        .allSatisfy(
            row -> {
              assertThat(kilobytes(EYERISS.imageBytes(row.shape(), row.mapping())))
                  .isEqualTo(row.images());
              assertThat(kilobytes(EYERISS.sumBytes(row.shape(), row.mapping())))
                  .isEqualTo(row.sums());
            });
  }

  private static String kilobytes(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1024);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aLayersTimeIsWithinTwelvePerCentOfThePublishedOne(Published row) {
    assertThat(Math.abs(row.error())).isLessThan(0.12);
  }

  @Test
  void timesOfAllLayersAreWithinThreeAndAHalfPerCentOnAverage() throws IOException {
    assertThat(rows().mapToDouble(row -> Math.abs(row.error())).average().orElseThrow())
        .isLessThan(0.035);
  }

  @Test
  void theSearchFindsNoSlowerMappingThanThePublishedOnes() throws IOException {
    assertThat(alexNet())
        .allSatisfy(
            row ->
                assertThat(
                        EYERISS
                            .time(ProductLayer.of("", row.shape()), LayerFormats.of("int16", 16))
                            .orElseThrow()
                            .seconds())
                    .isLessThanOrEqualTo(EYERISS.seconds(row.shape(), row.mapping())));
  }

  /** 12 x 14 elements multiply at most 168 times a cycle. */
  @Test
  void noLayerIsFasterThanAllElements() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(EYERISS.seconds(row.shape(), row.mapping()))
                    .isGreaterThan(row.shape().macs() / (168 * 200e6)));
  }

  @Test
  void aFilterWithMoreRowsThanTheArrayHasNoPlace() {
    ConvolutionShape tall = new ConvolutionShape(1, 1, 1, 13, 3, 4, 4, 1, 1);
    assertThat(EYERISS.time(ProductLayer.of("", tall), LayerFormats.of("int16", 16))).isEmpty();
  }

  @Test
  void numbersWiderThanItsOwnAreRefused() {
    assertThat(
            EYERISS.time(ProductLayer.of("", new Gemm(1, 8, 8)), LayerFormats.of("binary32", 32)))
        .isEmpty();
  }

  @Test
  void theSmallestProductIsMultiplied() {
    assertThat(EYERISS.time(ProductLayer.of("", new Gemm(1, 1, 1)), LayerFormats.of("int8", 8)))
        .isPresent();
  }

  @Test
  void aMappingHasNoMoreOutputsThanTheProduct() {
    String mapping =
        EYERISS
            .time(ProductLayer.of("", new Gemm(3, 64, 64)), LayerFormats.of("int8", 8))
            .orElseThrow()
            .mapping();
    assertThat(mapping).matches("m ([1-9]|[1-5][0-9]|6[0-4]), .*");
  }

  @Test
  void everyNumberOfTheMachineChangesSomeTime() throws IOException {
    List<RowStationaryArray> others =
        List.of(
            with(100, new RowStationaryArray.Buses(4, 1, 4)),
            with(200, new RowStationaryArray.Buses(1, 1, 4)),
            with(200, new RowStationaryArray.Buses(4, 1, 1)));
    for (RowStationaryArray other : others) {
      assertThat(rows())
          .anySatisfy(
              row ->
                  assertThat(other.seconds(row.shape(), row.mapping()))
                      .isGreaterThan(EYERISS.seconds(row.shape(), row.mapping())));
    }
  }

  private static RowStationaryArray with(double clock, RowStationaryArray.Buses buses) {
    return new RowStationaryArray(
        "other", 12, 14, clock, 16, EYERISS.pads(), EYERISS.bufferBytes(), buses);
  }
}
