// Exact sum of TERMS numbers of BITS bits: adjacent numbers are added in pairs, an odd one passes; each
// level is one bit wider. The sum has BITS + ceil(log2(TERMS)) bits.
module adder_tree #(
  parameter TERMS  = 2,
  parameter BITS   = 8,
  parameter SIGNED = 1
) (
  input  [TERMS*BITS-1:0]             terms,
  output [BITS+$clog2(TERMS)-1:0]     sum
);
  localparam PAIRS = TERMS / 2;
  localparam LEFT  = (TERMS + 1) / 2;
  localparam WIDE  = BITS + 1;

  wire [TERMS*WIDE-1:0] wide;
  wire [LEFT*WIDE-1:0]  level;
  genvar i;
  generate
    if (TERMS == 1) begin : one
      assign sum = terms;
    end else begin : more
      for (i = 0; i < TERMS; i = i + 1) begin : extend
        resize #(.FROM(BITS), .TO(WIDE), .SIGNED(SIGNED)) term (
          .number(terms[i*BITS +: BITS]), .resized(wide[i*WIDE +: WIDE]));
      end
      for (i = 0; i < PAIRS; i = i + 1) begin : pair
        adder #(.BITS(WIDE)) node (
          .x(wide[2*i*WIDE +: WIDE]), .y(wide[(2*i+1)*WIDE +: WIDE]), .sum(level[i*WIDE +: WIDE]));
      end
      if (LEFT > PAIRS) begin : odd
        assign level[PAIRS*WIDE +: WIDE] = wide[(TERMS-1)*WIDE +: WIDE];
      end
      adder_tree #(.TERMS(LEFT), .BITS(WIDE), .SIGNED(SIGNED)) rest (.terms(level), .sum(sum));
    end
  endgenerate
endmodule
