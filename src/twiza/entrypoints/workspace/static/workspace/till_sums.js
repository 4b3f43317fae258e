// What people type at a till, and amounts as they read them.
"use strict";
window.tillSums = (language, currency) => {
  const western = (text) => text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).trim();
  const number = (text) => {
    const plain = western(text).replace(/\s/g, "").replace(",", ".");
    return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  };
  return {
    pieces: (text) => { const many = number(text); return Number.isInteger(many) ? many : NaN; },
    centimes: (text) => Math.round(number(text.replace(/dh|د\.م\.|درهم/gi, "")) * 100),
    grams: (text) => {
      const typed = western(text).toLowerCase();
      const amount = number(typed.replace(/kg|كغ|g|غ/g, ""));
      return Math.round(/[.,]|kg|كغ/.test(typed) ? amount * 1000 : amount);
    },
    written: (centimes) => {
      const whole = String(Math.floor(centimes / 100)).replace(/\B(?=(\d{3})+$)/g, language === "en" ? "," : "\u00a0");
      const rest = centimes % 100;
      return `${whole}${rest ? (language === "en" ? "." : ",") + String(rest).padStart(2, "0") : ""} ${currency}`;
    },
  };
};
