"""A stage's controller and view on a page of their own: what they ask of a Python that only listens."""

import pytest

from mlpkit.stage.picture import module

pytestmark = pytest.mark.browser

# A stage with a slider k of nine positions; `sent` has what it asked for, `answer` answers for a state.
STAGE = """
class Model extends PlainModel {
  send(message) { sent.push(message); }
  on(event, listener) { if (event === 'msg:custom') this.hear = listener; else super.on(event, listener); }
}
const sent = [], at = [...Array(9).keys()],
  words = new DataView(Uint8Array.of(2, 1, 0).buffer);   // one state without operations
const model = new Model({
  controls: [{name: 'k', label: 'k', values: at.map(String), at}], resources: [], tables: [],
  handles: [], axes: [],
  first: {at: [0], indices: [0], descriptions: ['k is 0'], data: words}, pictures: {},
  size: [40, 30], scale: 1, width: '40px', described: true,
});
const slider = new PlainModel({value: 0}), controller = new Controller();
controller.start(model, [slider]);
sent.length = 0;
const move = k => { slider.set('value', k); slider.save_changes(); };
const answer = k => model.hear({kind: 'states', axis: null, at: [k], indices: [0],
  descriptions: [`k is ${k}`], add: []}, [words]);
const show = id => new View(controller, model, document.getElementById(id));
Object.assign(window, {sent, move, answer, show, controller});
"""
PLACES = "<style>div { height: 3000px }</style><div id=above></div><div id=below></div>"


@pytest.fixture
def stage(context):
    """A page with the stage, whose clock stands still."""
    page = context.new_page()
    page.set_content(PLACES)
    page.clock.install()
    page.add_script_tag(content=module("page.js") + STAGE, type="module")
    page.wait_for_function("window.controller")
    yield page
    page.close()


def asked(stage, kind):
    """What was asked for of this kind."""
    return stage.evaluate("kind => sent.filter(message => message.kind === kind)", kind)


class TestTables:
    def until_asked(self, stage, count):
        stage.wait_for_function(
            "n => sent.filter(({kind}) => kind === 'tables').length === n", arg=count, polling=20
        )
        return asked(stage, "tables")

    def test_a_view_that_goes_out_of_sight_withdraws_its_request_and_makes_it_anew_when_it_is_back(
        self, stage
    ):
        stage.evaluate("show('above')")
        assert self.until_asked(stage, 1)[-1] == {"kind": "tables", "axes": ["k"], "at": [0]}
        stage.evaluate("scrollTo(0, 5000)")
        assert self.until_asked(stage, 2)[-1] == {"kind": "tables", "axes": [], "at": [0]}
        stage.evaluate("scrollTo(0, 0)")
        assert self.until_asked(stage, 3)[-1]["axes"] == ["k"]

    def test_a_stage_of_which_another_view_is_in_sight_keeps_its_request(self, stage):
        stage.evaluate("window.first = show('above'), window.second = show('above')")
        self.until_asked(stage, 1)
        stage.evaluate("first.remove()")
        assert len(asked(stage, "tables")) == 1
        stage.evaluate("second.remove()")
        assert self.until_asked(stage, 2)[-1]["axes"] == []

    def test_a_stage_that_nobody_sees_asks_for_none_when_it_is_moved(self, stage):
        stage.evaluate("move(3)")
        stage.clock.run_for(1000)
        assert asked(stage, "tables") == []
        assert asked(stage, "state") == [{"kind": "state", "at": [3]}]


class TestStates:
    def test_two_requests_travel_at_a_time_and_the_latest_position_waits(self, stage):
        stage.evaluate("for (const k of [1, 2, 3, 4]) move(k)")
        assert [m["at"] for m in asked(stage, "state")] == [[1], [2]]
        stage.evaluate("answer(1)")
        assert [m["at"] for m in asked(stage, "state")] == [[1], [2], [4]]

    def test_requests_that_were_lost_with_the_connection_do_not_stop_later_ones(self, stage):
        stage.evaluate("for (const k of [1, 2, 3]) move(k)")
        stage.clock.run_for(5000)
        assert "does not answer" in stage.evaluate("controller.note(false)")
        stage.evaluate("move(5)")
        assert [m["at"] for m in asked(stage, "state")] == [[1], [2], [5]]
        assert "does not answer" in stage.evaluate("controller.note(false)")
        stage.evaluate("answer(5)")
        assert stage.evaluate("[controller.isRight(), controller.note(false)]") == [True, ""]

    def test_an_answer_ends_the_wait_for_the_requests_before_it_too(self, stage):
        stage.evaluate("move(1), move(2), answer(2), move(3), move(4)")
        assert [m["at"] for m in asked(stage, "state")] == [[1], [2], [3], [4]]
