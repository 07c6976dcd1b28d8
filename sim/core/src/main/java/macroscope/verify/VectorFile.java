package macroscope.verify;

import com.google.common.io.CountingInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import macroscope.input.InputException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file with a header line, plain or gzip'd (told by its first two bytes), read row by row.
 * Whatever is wrong with it is an {@link InputException} that names the file and, inside, the line.
 */
final class VectorFile implements AutoCloseable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String name;
  private final CountingInputStream bytes;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private final Map<String, Integer> index;

  private VectorFile(String name, CountingInputStream bytes, CSVParser parser) {
    this.name = name;
    this.bytes = bytes;
    this.parser = parser;
    this.records = parser.iterator();
    this.header = readHeader();
    this.index = indexOf(header);
  }

  /** Opens the file and reads its header. */
  static VectorFile open(Path path) {
    String name = path.toString();
    if (Files.isDirectory(path)) {
      throw new InputException(name, "must be a file: it is a directory");
    }
    if (!Files.exists(path)) {
      throw new InputException(name, "must exist: no such file");
    }
    try {
      CountingInputStream bytes = new CountingInputStream(Files.newInputStream(path));
      InputStreamReader text =
          new InputStreamReader(
              decompressed(bytes),
              StandardCharsets.UTF_8
                  .newDecoder()
                  .onMalformedInput(CodingErrorAction.REPORT)
                  .onUnmappableCharacter(CodingErrorAction.REPORT));
      CSVParser parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get();
      return new VectorFile(name, bytes, parser);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Bytes of the file that were read so far, compressed as they are. */
  long bytesRead() {
    return bytes.getCount();
  }

  /** The column names. */
  List<String> header() {
    return header;
  }

  /** The file as the user named it. */
  String name() {
    return name;
  }

  /** Whether another row follows. */
  boolean hasNext() {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw unreadable(line(), cause(e));
    }
  }

  /**
   * The next row; it has as many fields as the header.
   *
   * @param lastIsText whether further commas of a line belong to its last field
   */
  VectorRow next(boolean lastIsText) {
    List<String> fields = nextRecord().toList();
    if (lastIsText && fields.size() > header.size()) {
      fields = foldedLast(fields);
    }
    if (fields.size() != header.size()) {
      throw new InputException(
          line(), "must have " + header.size() + " columns as the header has: " + fields.size());
    }
    return new VectorRow(name, parser.getCurrentLineNumber(), index, fields);
  }

  private List<String> foldedLast(List<String> fields) {
    int last = header.size() - 1;
    List<String> folded = new ArrayList<>(fields.subList(0, last));
    folded.add(String.join(",", fields.subList(last, fields.size())));
    return List.copyOf(folded);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private List<String> readHeader() {
    if (!hasNext()) {
      throw new InputException(name, "must have a header line: the file is empty");
    }
    List<String> names = nextRecord().toList();
    if (!names.get(0).startsWith(BYTE_ORDER_MARK)) {
      return names;
    }
    List<String> clean = new ArrayList<>(names);
    clean.set(0, names.get(0).substring(1));
    return List.copyOf(clean);
  }

  private Map<String, Integer> indexOf(List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (places.put(names.get(i), i) != null) {
        throw new InputException(
            name + ", line 1", "must name each column once: " + names.get(i) + " stands twice");
      }
    }
    return Map.copyOf(places);
  }

  private CSVRecord nextRecord() {
    try {
      return records.next();
    } catch (UncheckedIOException e) {
      throw unreadable(line(), cause(e));
    }
  }

  private String line() {
    return name + ", line " + parser.getCurrentLineNumber();
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, 1 << 16);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static InputException unreadable(String place, IOException e) {
    return new InputException(
        place, "must be readable as CSV text, plain or gzip: " + reason(e), e);
  }

  /** The parser wraps what the stream threw. */
  private static IOException cause(UncheckedIOException e) {
    return e.getCause() == null ? new IOException(e) : e.getCause();
  }

  private static String reason(IOException e) {
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
