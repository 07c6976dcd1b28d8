package macroscope.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import macroscope.config.FormatFile;
import macroscope.format.NumberFormat;
import macroscope.input.InputException;
import macroscope.report.ChartFiles;
import macroscope.report.ChartStyle;
import macroscope.report.FormatPicture;
import macroscope.report.Listing;
import macroscope.tensor.Coding;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.TensorFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code formats}: lists number formats, or describes one. */
@Command(
    name = "formats",
    description = {
      "Lists number formats, or explains one: fields, bias, special values, range, precision, and every",
      "code if it has 8 bits or fewer. With --csv the codes alone, as 'verify' reads them."
    },
    footer = {
      "",
      "Beside the listed ones, those of configs/formats, where a line adds one, and those of the folders",
      "that the environment variable MACROSCOPE_FORMATS names (separated as in PATH), there are",
      "gen_[u]e<X>m<Y>_<ieee|fn|fnuz|fin>[_b<bias>], gen_e<X>m<Y>_sv<value>, p3109_k<K>p<P><s|u><e|f>,",
      "[u]int<N>[sym], [u]q<I>.<F>[sym], posit<N>_<E>, takum<N>, lns<N>_<F>, pot<N>[_b<bias>],",
      "apot<N>_k<K>, [u]flint<N>, abfloat<N>_e<E>_b<bias>, planes<N>, nupes<N>_<p>_<q>, and schemes such",
      "as int4:group128:fp16, uint4:group128:asym:fp16, int8:channel:full, e2m1:group256:m2,",
      "e4m3fn:channel, mxfp4:block16, mxfp4:search, bfp4:block32,",
      "msfp12, bdr_m4_k16_2_d1, vsq4_4, hbfp8:tile64x64, bfp4:sorted.",
      "",
      "Examples:",
      "  macroscope formats",
      "  macroscope formats e4m3fn --picture e4m3fn.png",
      "  macroscope formats nvfp4"
    })
final class FormatsCommand implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private ListingStyle style;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A scalar format, a block format or a scheme.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = {
        "Draw the number line and the relative error over magnitude to a PNG file,",
        "or an SVG file if the name ends in .svg; of a block format those of its element."
      })
  private Optional<Path> picture = Optional.empty();

  @Override
  public void run() {
    FormatCatalogue catalogue = FormatFile.catalogue();
    picture.ifPresent(file -> draw(file, catalogue));
    if (name.isEmpty()) {
      style.print(FormatListings.all(catalogue), spec.commandLine().getOut());
    } else if (isScheme(catalogue, name.get())) {
      describe(catalogue.scheme(name.get()));
    } else {
      describe(catalogue.scalar(name.get()));
    }
  }

  /** Misspelt block formats are told the block formats that there are. */
  private static boolean isScheme(FormatCatalogue catalogue, String name) {
    return catalogue.isScheme(name) || name.matches("(?i)(mx|nv)\\w+");
  }

  /** Levels of scales and the element; for people also storage and an example. */
  private void describe(TensorFormat format) {
    PrintWriter out = spec.commandLine().getOut();
    style.print(FormatListings.levels(format), out);
    if (!style.csv() && !style.json()) {
      out.println();
      out.printf(
          Locale.ROOT,
          "%.4f bits an element stored of a large matrix%n%n",
          FormatListings.storedBits(format));
      if (!(format.coding() instanceof Coding.Rearranged)) {
        style.print(FormatExample.block(format), out);
      }
      out.flush();
    }
  }

  /** The format and its codes; the codes alone as CSV, which has one header. */
  private void describe(NumberFormat format) {
    PrintWriter out = spec.commandLine().getOut();
    Listing description = FormatListings.of(List.of(format));
    if (style.json()) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.set("format", description.jsonArray().get(0));
      if (format.bits() <= 8) {
        root.set("codes", FormatListings.codes(format).jsonArray());
      }
      out.println(root);
      out.flush();
    } else if (style.csv()) {
      style.print(format.bits() > 8 ? description : FormatListings.decodeVectors(format), out);
    } else {
      style.print(FormatPage.of(format), out);
      if (format.bits() <= 8) {
        out.println();
        style.print(FormatListings.codes(format), out);
      }
    }
  }

  /** Draws before anything is printed, so that a refusal comes alone. */
  private void draw(Path file, FormatCatalogue catalogue) {
    if (name.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--picture needs a format");
    }
    NumberFormat drawn =
        isScheme(catalogue, name.get())
            ? catalogue.scheme(name.get()).element()
            : catalogue.scalar(name.get());
    FormatPicture picture = new FormatPicture(drawn);
    ChartFiles charts = new ChartFiles(ChartStyle.paper());
    boolean svg = file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    try {
      if (svg) {
        Files.writeString(file, charts.svg(picture));
      } else {
        Files.write(file, charts.png(picture));
      }
    } catch (IOException e) {
      throw new InputException(file.toString(), "a file that can be written is needed", e);
    }
  }
}
