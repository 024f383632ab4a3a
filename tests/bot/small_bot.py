"""A bot of a few handlers, to run under the real Application against the Telegram of this process."""

from __future__ import annotations

import asyncio
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.console import AnyApplication, ConsoleTelegram

Context = ContextTypes.DEFAULT_TYPE


def keyboard(page: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton("‹", callback_data=f"page:{page - 1}"),
                InlineKeyboardButton("›", callback_data=f"page:{page + 1}"),
            ],
            [InlineKeyboardButton("Source", url="https://example.org/talk#:~:text=peace")],
        ]
    )


async def quote(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    words = escape(" ".join(context.args or ["?"]))
    await update.effective_message.reply_html(
        f"<blockquote>We spoke of <b>{words}</b>.</blockquote>\n<i>Ann</i>, page 1", reply_markup=keyboard(1)
    )


async def turn(update: Update, _context: Context) -> None:
    query = update.callback_query
    assert query is not None
    page = int(str(query.data).removeprefix("page:"))
    if page == 0:
        await query.answer("That was the first page")
        return
    await query.answer()
    await query.edit_message_text(f"page {page}", reply_markup=keyboard(page))


async def echo(update: Update, _context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"{len(update.effective_message.text or '')} characters")


async def revise(update: Update, _context: Context) -> None:
    assert update.effective_message is not None
    first = await update.effective_message.reply_text("Searching…")
    gone = await update.effective_message.reply_text("Still searching…")
    await update.effective_message.reply_text("Almost there…")
    await gone.delete()
    await first.edit_text("Found")


async def linger(update: Update, _context: Context) -> None:
    """Say at once that it lasts, and a while later what came of it."""
    assert update.effective_message is not None
    first = await update.effective_message.reply_text("Working…")
    await asyncio.sleep(0.5)
    await first.edit_text("Done")


async def twice(update: Update, context: Context) -> None:
    await quote(update, context)
    await quote(update, context)


async def clear(update: Update, _context: Context) -> None:
    """Delete what stands before the command."""
    assert update.effective_message is not None
    chat, number = update.effective_message.chat_id, update.effective_message.message_id
    await update.get_bot().delete_message(chat, number - 1)


async def break_down(_update: Update, _context: Context) -> None:
    raise ZeroDivisionError


async def note(_update: object, context: Context) -> None:
    context.bot_data.setdefault("errors", []).append(context.error)


def small_bot(telegram: ConsoleTelegram, *, block: bool = True) -> AnyApplication:
    application = Application.builder().token("1:console").request(telegram).get_updates_request(telegram).build()
    application.add_handler(CommandHandler("quote", quote, block=block))
    application.add_handler(CommandHandler("revise", revise, block=block))
    application.add_handler(CommandHandler("linger", linger, block=block))
    application.add_handler(CommandHandler("twice", twice, block=block))
    application.add_handler(CommandHandler("clear", clear, block=block))
    application.add_handler(CommandHandler("break", break_down, block=block))
    application.add_handler(CallbackQueryHandler(turn, block=block))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo, block=block))
    application.add_error_handler(note)
    return application
