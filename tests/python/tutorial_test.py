# SPDX-License-Identifier: Apache-2.0
"""The tutorial's own script and its promises, with a small model in a local folder in place of the hub's.

tutorial/first_block.py and second_block.py are the tutorial's two listings; only their import lines were changed.
"""

import gc
import hashlib
import io
import os
import pathlib
import runpy
import shutil
from contextlib import redirect_stdout

import emend
from emend_package import CORRECTED, HUB_MODEL, INVOICE, RAW, THREE_PAGES, PackageTest, children, main

TUTORIAL = pathlib.Path(__file__).parent / "tutorial"
LISTINGS = {  # SHA-256 of what is left of the tutorial's listings without their import lines
    "first_block.py": "cfbd0a6abea4313824a0866b6982aaea3f397d05a2e4ff7b08e0b7b2581ed34e",
    "second_block.py": "3e41fbb94d455d75c5b036c4fef8fd631e26dcaefda2716f6658f7cab0057660",
}


def financial_prompt():
    return {"prompt": "Correct OCR errors, keep numbers and currency symbols intact"}


def medical_prompt():
    return {"prompt": "Fix OCR mistakes, keep dosage numbers and units unchanged"}


def configured(folder, gpu_layers=20):
    return emend.AI(emend.AIModelConfig(
        allow_auto_download="true", hugging_face_repo_id=HUB_MODEL, hugging_face_quantization="int8",
        gpu_layers=gpu_layers, directory_model_path=folder))


class Script(PackageTest):
    def run_listing(self, name):
        """The listing's variables after it ran in a folder of this test's, and what it printed."""
        self.models_folder()
        shutil.copy(TUTORIAL / "misread.png", self.folder / "invoice.png")
        text = (TUTORIAL / name).read_text(encoding="utf-8").replace("YOUR_DIRECTORY", str(self.folder))
        script = self.folder / "ocr_with_ai.py"
        script.write_text(text, encoding="utf-8")
        printed = io.StringIO()
        with redirect_stdout(printed):
            variables = runpy.run_path(str(script), run_name="__main__")
        return variables, printed.getvalue()

    def test_only_the_import_lines_differ_from_the_tutorial(self):
        for name, digest in LISTINGS.items():
            lines = (TUTORIAL / name).read_text(encoding="utf-8").splitlines()
            kept = "\n".join(line for line in lines if not line.startswith(("import ", "from ")))
            self.assertEqual(hashlib.sha256(kept.encode()).hexdigest(), digest, name)

    def test_both_listings_correct_a_misread_invoice(self):
        for name in LISTINGS:
            with self.subTest(name):
                variables, printed = self.run_listing(name)
                self.assertNotEqual(variables["raw_text"].strip(), CORRECTED)
                self.assertEqual(variables["corrected_text"].strip(), CORRECTED)
                self.assertEqual(printed, f"Original : {variables['raw_text']}\nEnhanced : {variables['corrected_text']}\n")
                self.assertFalse(variables["ai"].free_resources().was_loaded)

    def test_freeing_twice_and_before_anything_was_loaded_is_harmless(self):
        ai = configured(self.models_folder())
        self.assertFalse(ai.free_resources().was_loaded)
        ai.run_postprocessor(RAW)
        self.assertEqual(len(children(os.getpid())), 1)
        report = ai.free_resources()
        self.assertTrue(report.was_loaded and report.host_ended)
        self.assertGreater(report.host_bytes_before, 0)
        self.assertEqual(report.host_bytes_after, 0)
        self.assertFalse(ai.free_resources().was_loaded)
        self.assertEqual(children(os.getpid()), {})
        self.assertEqual(ai.run_postprocessor(RAW), CORRECTED)
        ai.free_resources(force=True)


class Promises(PackageTest):
    def test_a_plain_string_is_corrected_to_what_the_tutorial_prints(self):
        for folder in (self.models_folder(), ""):
            with self.subTest(folder=folder):
                ai = configured(folder) if folder else emend.AI()
                with ai:
                    for prompt in (financial_prompt, medical_prompt):
                        ai.set_post_processor("llm_correction", prompt)
                        self.assertEqual(ai.run_postprocessor(RAW), CORRECTED)
        self.assertEqual(emend.correct(RAW), CORRECTED)

    def test_doses_stay_as_they_are(self):
        with configured(self.models_folder()) as ai:
            ai.set_post_processor("llm_correction", medical_prompt)
            text = "Take 2.5 mg twice daily, at most 10 ml in 24 h"
            self.assertEqual(ai.run_postprocessor(text), text)

    def test_a_document_of_many_pages_is_one_text(self):
        engine = emend.OcrEngine()
        engine.load_document(THREE_PAGES)
        raw_text = engine.recognize()
        self.assertIsInstance(raw_text, str)
        self.assertEqual(raw_text.count("\f"), 2)
        with configured(self.models_folder()) as ai:
            corrected = ai.run_postprocessor(raw_text)
        self.assertEqual([len(page.splitlines()) for page in corrected.split("\f")],
                         [len(page.splitlines()) for page in raw_text.split("\f")])
        self.assertEqual({edit.page for edit in corrected.edits} - {1, 2, 3}, set())

    def test_correction_uses_the_evidence_of_the_pages(self):
        engine = emend.OcrEngine()
        engine.load_image(INVOICE)
        raw_text = engine.recognize()
        with emend.AI() as ai:
            with_pages = ai.run_postprocessor(raw_text)
            without = ai.run_postprocessor(str(raw_text))
        self.assertIn("externai", raw_text)
        self.assertIn("external", with_pages)
        self.assertTrue(any(edit.box.width > 0 for edit in with_pages.edits))
        self.assertTrue(all(edit.box.width == 0 for edit in without.edits))

    def test_any_number_of_gpu_layers_runs_also_without_a_gpu(self):
        for layers in (0, 20, 9999, "all", "auto"):
            with self.subTest(layers), configured(self.models_folder(), layers) as ai:
                self.assertEqual(ai.run_postprocessor(RAW), CORRECTED)

    def test_without_a_hub_and_a_model_the_message_says_what_to_do(self):
        folder = self.models_folder(with_model=False)
        with self.assertRaises(emend.EmendError) as caught:
            configured(folder).run_postprocessor(RAW)
        self.assertIn(HUB_MODEL, str(caught.exception))
        self.assertIn(str(folder), str(caught.exception))
        self.assertTrue(caught.exception.hint)

    def test_a_hub_that_cannot_be_reached_is_told_and_a_local_model_needs_none(self):
        del os.environ["HF_HUB_OFFLINE"]
        self.set_environment(HF_ENDPOINT="http://127.0.0.1:9")  # nobody listens
        with configured(self.models_folder()) as ai:
            self.assertEqual(ai.run_postprocessor(RAW), CORRECTED)
        (self.folder / "Models" / "tiny.gguf").unlink()
        with self.assertRaises(emend.NetworkFailedError) as caught:
            configured(self.folder / "Models").run_postprocessor(RAW)
        self.assertTrue(caught.exception.hint)

    def test_a_wrong_configuration_is_told_when_it_is_used(self):
        for config in (emend.AIModelConfig(allow_auto_download="perhaps"), emend.AIModelConfig(gpu_layers=-7)):
            with self.assertRaises(emend.InvalidArgumentError):
                emend.AI(config).run_postprocessor(RAW)
        ai = emend.AI()
        ai.set_post_processor("llm_correction", lambda: {"promt": "x"})
        with self.assertRaisesRegex(ValueError, "promt"):
            ai.run_postprocessor(RAW)
        ai.set_post_processor("llm_correction", lambda: {}["mine"])
        with self.assertRaisesRegex(KeyError, "mine"):
            ai.run_postprocessor(RAW)


def resident_bytes():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Service(PackageTest):
    def test_200_requests_each_freed_leave_nothing_behind(self):
        folder = self.models_folder()
        before = after_warm_up = None
        for request in range(200):
            ai = configured(folder)
            ai.set_post_processor("llm_correction", financial_prompt)
            self.assertEqual(ai.run_postprocessor(RAW), CORRECTED)
            self.assertTrue(ai.free_resources().host_ended)
            if request == 50:
                gc.collect()
                before = (len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task")))
                after_warm_up = resident_bytes()
        del ai
        gc.collect()
        self.assertLess(resident_bytes() - after_warm_up, 8 << 20)
        self.assertLessEqual(len(os.listdir("/proc/self/fd")), before[0])
        self.assertLessEqual(len(os.listdir("/proc/self/task")), before[1])
        self.assertEqual(children(os.getpid()), {})
        self.assertEqual([path.name for path in self.folder.rglob("*") if path.is_file()], ["tiny.gguf"])


if __name__ == "__main__":
    main()
