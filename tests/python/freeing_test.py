# SPDX-License-Identifier: Apache-2.0
"""free_resources() from one Python thread while another one's text is worked on, in each order."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import emend
from emend_package import CORRECTED, RAW, PackageTest, children, main, settled


class Freeing(PackageTest):
    def setUp(self):
        super().setUp()
        self.threads = ThreadPoolExecutor(4)
        self.addCleanup(self.threads.shutdown)
        self.gate = self.folder / "gate"

    def over_a_host_that_waits(self, where):
        """A page that the model is asked about, and an AI whose model host waits for the file self.gate."""
        page = self.script("page", 1, every="misread")
        self.set_environment(EMEND_FAKE_HOST=where, EMEND_FAKE_HOST_GATE=str(self.gate))
        engine = emend.OcrEngine()
        engine.load_image(page)
        return engine.recognize(), emend.AI(emend.AIModelConfig(directory_model_path=self.models_folder()))

    def wait_until_reached(self):
        settled(self.gate.with_suffix(".reached").exists, "the model host to be asked")

    def test_a_request_that_runs_is_finished_first(self):
        page, ai = self.over_a_host_that_waits("wait_on_score")
        text = self.threads.submit(ai.run_postprocessor, page)
        self.wait_until_reached()
        report = self.threads.submit(ai.free_resources)
        self.assertFalse(report.done() or text.done())
        self.gate.touch()  # a thread that waited with the GIL would keep this from happening
        self.assertEqual(text.result().notices, [])
        self.assertTrue(report.result().was_loaded and report.result().host_ended)
        self.assertEqual(children(os.getpid()), {})

    def test_forced_it_cancels_the_request_that_runs(self):
        page, ai = self.over_a_host_that_waits("wait_on_score")
        text = self.threads.submit(ai.run_postprocessor, page)
        self.wait_until_reached()
        ai.free_resources(force=True)
        with self.assertRaises(emend.CancelledError):
            text.result()
        self.gate.touch()
        self.assertEqual(ai.run_postprocessor(page).notices, [])
        ai.free_resources()

    def test_a_request_that_comes_meanwhile_loads_the_model_again(self):
        page, ai = self.over_a_host_that_waits("wait_at_end")
        ai.run_postprocessor(page)
        report = self.threads.submit(ai.free_resources)
        self.wait_until_reached()
        text = self.threads.submit(ai.run_postprocessor, page)
        self.gate.touch()
        self.assertTrue(report.result().host_ended)
        self.assertEqual(text.result().notices, [])
        self.assertTrue(ai.free_resources().was_loaded)

    def test_three_threads_work_while_one_frees_without_end(self):
        ai = emend.AI(emend.AIModelConfig(directory_model_path=self.models_folder()))
        over = threading.Event()

        def free():
            while not over.is_set():
                ai.free_resources()
        freeing = self.threads.submit(free)
        texts = [self.threads.submit(ai.run_postprocessor, RAW) for _ in range(12)]
        try:
            for text in texts:
                self.assertEqual(text.result(), CORRECTED)
        finally:
            over.set()
        freeing.result()
        ai.free_resources()
        self.assertEqual(children(os.getpid()), {})


if __name__ == "__main__":
    main()
