// An entry of a table. Selected bit by bit, since an index times BITS would become a shifter of the whole
// table; an index beyond the entries has none.
module table_entry #(
  parameter ENTRIES    = 16,
  parameter BITS       = 8,
  parameter INDEX_BITS = 4
) (
  input  [ENTRIES*BITS-1:0] entries,
  input  [INDEX_BITS-1:0]   index,
  output [BITS-1:0]         entry
);
  genvar i, j;
  generate
    for (j = 0; j < BITS; j = j + 1) begin : bit_of_entries
      wire [ENTRIES-1:0] column;
      for (i = 0; i < ENTRIES; i = i + 1) begin : row
        assign column[i] = entries[i*BITS+j];
      end
      if (ENTRIES == 1) begin : only
        assign entry[j] = column[0];
      end else begin : choice
        assign entry[j] = column[index];
      end
    end
  endgenerate
endmodule
