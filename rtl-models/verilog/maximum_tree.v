// Largest of TERMS two's complement numbers, by pairs.
module maximum_tree #(
  parameter TERMS = 2,
  parameter BITS  = 8
) (
  input  [TERMS*BITS-1:0] terms,
  output [BITS-1:0]       largest
);
  localparam PAIRS = TERMS / 2;
  localparam LEFT  = (TERMS + 1) / 2;

  wire [LEFT*BITS-1:0] level;
  genvar i;
  generate
    if (TERMS == 1) begin : one
      assign largest = terms;
    end else begin : more
      for (i = 0; i < PAIRS; i = i + 1) begin : pair
        wire signed [BITS-1:0] x = terms[2*i*BITS +: BITS];
        wire signed [BITS-1:0] y = terms[(2*i+1)*BITS +: BITS];
        assign level[i*BITS +: BITS] = x > y ? x : y;
      end
      if (LEFT > PAIRS) begin : odd
        assign level[PAIRS*BITS +: BITS] = terms[(TERMS-1)*BITS +: BITS];
      end
      maximum_tree #(.TERMS(LEFT), .BITS(BITS)) rest (.terms(level), .largest(largest));
    end
  endgenerate
endmodule
