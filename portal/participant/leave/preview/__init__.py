"""What a request means, before it is sent. Read top to bottom:

- `request_preview`: the whole of it, and the order of its parts;
- `context`: a request with all that it is made of, and what a card is;
- `four_lines`: the days, the money, the answer, and what one must do; `payments`: how much less is paid, by the law's
  own breakdown;
- `day_cards`: what I have, which days do not count, what I have sent before; `remarks`: what the rules remark;
- `case_cards`: what I may show, who decides, and what if I stay away before the answer;
- `certification`: how far an illness may be told of by oneself;
- `overlap`: what is said already of the same days;
- `record`: the sentences that stood before sending, to be kept with the request.
"""
