package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import macroscope.format.BulkEncoder;
import macroscope.format.Formats;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import org.junit.jupiter.api.Test;

/** The examples of the package's page, which are the lines between the marks here. */
class PackageExampleTest {

  private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\n(.*?)\n \\* }</pre>");
  private static final Pattern MARKED =
      Pattern.compile("(?s)    // example\n(.*?)\n    // end of example");

  @Test
  void aMatrixIsStoredAndReadBack() {
    // example
    double[] x = {0.1, -2.5, 7, 0.02, 1, 1, -6, 3};
    TensorFormat format = TensorFormats.parse("mxfp4:block4");
    EncodedMatrix encoded = Quantizer.quantize(format, x, 2, 4); // 2 rows of 4
    double[] scales = encoded.scales(0); // one for each block of 4: 1, 1
    long code = encoded.code(0, 1); // 0xc: -2 in e2m1
    double[] values = encoded.decode(); // 0, -2, 6, 0, 1, 1, -6, 3
    double bits = format.bitsPerElement(2, 4); // 4 + 8 / 4
    // end of example
    assertThat(scales).containsExactly(1, 1);
    assertThat(code).isEqualTo(0xc);
    assertThat(values).containsExactly(0, -2, 6, 0, 1, 1, -6, 3);
    assertThat(bits).isEqualTo(6);
  }

  @Test
  void manyNumbersBecomeBytes() {
    // example
    float[] numbers = {0.1f, -2.5f, 448, 1e9f};
    byte[] codes = new byte[4];
    BulkEncoder encoder =
        BulkEncoder.of(Formats.E4M3FN, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    encoder.encode(numbers, 0, 4, codes); // 1d, c2, 7e, 7e
    // end of example
    assertThat(codes).containsExactly(0x1d, 0xc2, 0x7e, 0x7e);
  }

  private static List<String> blocks(Path file, Pattern pattern, String margin) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(1))
        .map(
            text ->
                String.join(
                    "\n",
                    Stream.of(text.split("\n"))
                        .map(l -> l.substring(Math.min(l.length(), margin.length())))
                        .toList()))
        .toList();
  }

  @Test
  void thePageHasTheLinesThatRunHere() throws IOException {
    Path source = Path.of("src", "test", "java", "macroscope", "tensor");
    Path page = Path.of("src", "main", "java", "macroscope", "tensor", "package-info.java");
    assertThat(blocks(page, EXAMPLE, " * "))
        .hasSize(2)
        .isEqualTo(blocks(source.resolve("PackageExampleTest.java"), MARKED, "    "));
  }
}
